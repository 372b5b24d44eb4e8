//! Plain text from HTML bodies, for descriptions without markup.

/// The text between the tags, entities decoded, white space collapsed; scripts and styles are left out.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push(&mut text, &rest[..start]);
        rest = after_tag(&rest[start..]);
        // A tag ends a word unless it is one of those that only dress it.
        if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
    push(&mut text, rest);
    text.truncate(text.trim_end().len());
    text
}

/// What follows the tag or comment that `html` begins with, and the content of scripts and styles.
fn after_tag(html: &str) -> &str {
    if let Some(comment) = html.strip_prefix("<!--") {
        return comment.find("-->").map_or("", |end| &comment[end + 3..]);
    }
    let close = html.find('>').map_or("", |end| &html[end + 1..]);
    for hidden in ["script", "style"] {
        let opens = html[1..].get(..hidden.len()).is_some_and(|name| name.eq_ignore_ascii_case(hidden));
        if opens {
            let end = close.to_ascii_lowercase().find(&format!("</{hidden}"));
            return end.map_or("", |end| after_tag(&close[end..]));
        }
    }
    close
}

fn push(text: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let (c, len) = if c == '&' { entity(rest) } else { (c, c.len_utf8()) };
        match c {
            c if c.is_whitespace() && (text.is_empty() || text.ends_with(' ')) => {}
            c if c.is_whitespace() => text.push(' '),
            c => text.push(c),
        }
        rest = &rest[len..];
    }
}

/// The character that the entity at the beginning of `text` stands for, and the entity's length.
fn entity(text: &str) -> (char, usize) {
    let plain = ('&', 1);
    let Some(end) = text.bytes().take(12).position(|b| b == b';') else { return plain };
    let name = &text[1..end];
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let known = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "hellip" => Some('…'),
        "bull" => Some('•'),
        "copy" => Some('©'),
        "reg" => Some('®'),
        "trade" => Some('™'),
        "deg" => Some('°'),
        "times" => Some('×'),
        "euro" => Some('€'),
        "pound" => Some('£'),
        _ => number.and_then(char::from_u32),
    };
    known.map_or(plain, |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain;

    #[test]
    fn tags_go_and_words_stay_apart() {
        for (html, text) in [
            ("<p>Soft <b>wool</b></p><p>Warm</p>", "Soft wool Warm"),
            ("a &amp; b &#8212; c&nbsp;d", "a & b — c d"),
            ("<style>p{}</style>Hi<!-- no --> <script>x</script>there", "Hi there"),
            ("5 &lt; 6 &unknown; &", "5 < 6 &unknown; &"),
            ("<p", ""),
            ("one\r\n\ttwo", "one two"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(html in "[<>&;#!a-zé /\\-]{0,80}") {
            plain(&html);
        }
    }
}
