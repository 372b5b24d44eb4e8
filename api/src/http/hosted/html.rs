//! HTML: text that can do no harm, and the frame around every page.

use std::fmt::Write;

use mcom_schema::Money;
use poem::{Response, http::StatusCode};

/// What the pages may load: their style sheet, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action";

/// A page in the making. What is put into it is escaped.
pub(super) struct Page {
    title: String,
    body: String,
    refresh: bool,
    /// Whether it may send a form back to where it came from.
    answers: bool,
}

impl Page {
    /// A page with its heading, below the store's name.
    pub(super) fn new(store: &str, title: &str) -> Self {
        let body = format!("<p class=\"store\">{}</p>\n<h1>{}</h1>\n", escape(store), escape(title));
        Page { title: format!("{title} – {store}"), body, refresh: false, answers: false }
    }

    /// The page loads itself again after a moment.
    #[must_use]
    pub(super) fn refreshing(mut self) -> Self {
        self.refresh = true;
        self
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.push(format_args!("<p>{}</p>\n", escape(text)));
    }

    /// A heading below the page's own.
    pub(super) fn heading(&mut self, text: &str) {
        self.push(format_args!("<h2>{}</h2>\n", escape(text)));
    }

    /// A link on a line of its own. Addresses that are not of the web become plain text.
    pub(super) fn link(&mut self, address: &str, text: &str) {
        if address.starts_with("https://") || address.starts_with("http://") {
            self.push(format_args!("<p><a href=\"{}\">{}</a></p>\n", escape(address), escape(text)));
        } else {
            self.paragraph(text);
        }
    }

    /// Lines below each other, such as those of an address.
    pub(super) fn lines(&mut self, lines: &[String]) {
        let lines: Vec<String> = lines.iter().map(|line| escape(line)).collect();
        self.push(format_args!("<p>{}</p>\n", lines.join("<br>\n")));
    }

    /// A list of steps; text between backquotes is shown as code.
    pub(super) fn steps(&mut self, steps: &[&str]) {
        self.body.push_str("<ol>\n");
        for step in steps {
            let parts = step.split('`').enumerate();
            let parts = parts.map(|(place, part)| match place % 2 {
                1 => format!("<code>{}</code>", escape(part)),
                _ => escape(part),
            });
            self.push(format_args!("<li>{}</li>\n", parts.collect::<String>()));
        }
        self.body.push_str("</ol>\n");
    }

    /// Asks for a new password of so many characters at least, and sends it to the page's own address.
    pub(super) fn ask_for_password(&mut self, button: &str, shortest: usize) {
        self.answers = true;
        self.push(format_args!(
            "<form method=\"post\">\n<p><label for=\"password\">New password</label><br>\n\
             <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" required \
             minlength=\"{shortest}\"></p>\n<p><button>{}</button></p>\n</form>\n",
            escape(button)
        ));
    }

    /// What is bought, with sums below.
    pub(super) fn purchase(&mut self, lines: &[Bought], sums: &[(&str, Money)]) {
        self.body.push_str(
            "<table>\n<caption>Items and amounts</caption>\n<thead><tr><th scope=\"col\">Item</th>\
             <th scope=\"col\">Quantity</th><th scope=\"col\">Price</th><th scope=\"col\">Amount</th></tr></thead>\n<tbody>\n",
        );
        for line in lines {
            let (title, unit, total) = (escape(&line.title), amount(line.unit), amount(line.total));
            let quantity = line.quantity;
            self.push(format_args!(
                "<tr><th scope=\"row\">{title}</th><td>{quantity}</td><td>{unit}</td><td>{total}</td></tr>\n"
            ));
        }
        self.body.push_str("</tbody>\n<tfoot>\n");
        for (name, sum) in sums {
            let (name, sum) = (escape(name), amount(*sum));
            self.push(format_args!("<tr><th scope=\"row\" colspan=\"3\">{name}</th><td>{sum}</td></tr>\n"));
        }
        self.body.push_str("</tfoot>\n</table>\n");
    }

    /// The finished page.
    pub(super) fn respond(self, status: StatusCode) -> Response {
        let refresh = if self.refresh { "<meta http-equiv=\"refresh\" content=\"2\">\n" } else { "" };
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"robots\" content=\"noindex\">\n{refresh}<title>{}</title>\n\
             <link rel=\"stylesheet\" href=\"/assets/hosted/page.css\">\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
            escape(&self.title),
            self.body,
        );
        Response::builder()
            .status(status)
            .content_type("text/html; charset=utf-8")
            .header(
                "content-security-policy",
                format!("{POLICY} {}", if self.answers { "'self'" } else { "'none'" }),
            )
            .body(html)
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = self.body.write_fmt(text);
    }
}

/// A row of what is bought.
pub(super) struct Bought {
    pub(super) title: String,
    pub(super) quantity: i64,
    pub(super) unit: Money,
    pub(super) total: Money,
}

fn amount(money: Money) -> String {
    format!("{} {}", money.decimal(), money.currency)
}

/// Text for any place between tags and between double quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use mcom_schema::{Currency, Money};
    use poem::http::StatusCode;

    use super::{Bought, Page};

    async fn html(page: Page) -> String {
        page.respond(StatusCode::OK).into_body().into_string().await.expect("a short page")
    }

    #[tokio::test]
    async fn whatever_is_put_into_a_page_stays_text() {
        let evil = "<script>alert('\"')</script>";
        let mut page = Page::new(evil, evil);
        let price = Money::new(1, Currency::EUR);
        page.paragraph(evil);
        page.heading(evil);
        page.link("javascript:alert(1)", evil);
        page.link("https://x.y/\"><script>", evil);
        page.lines(&[evil.to_owned()]);
        page.steps(&[evil]);
        page.purchase(
            &[Bought { title: evil.to_owned(), quantity: 1, unit: price, total: price }],
            &[(evil, price)],
        );
        let html = html(page).await;
        assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
        assert!(html.contains("0.01 EUR"));
    }

    #[tokio::test]
    async fn a_page_that_waits_loads_itself_again() {
        assert!(html(Page::new("Mugs", "Wait").refreshing()).await.contains("http-equiv=\"refresh\""));
        assert!(!html(Page::new("Mugs", "Done")).await.contains("refresh"));
    }
}
