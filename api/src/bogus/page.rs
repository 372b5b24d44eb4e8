//! The page on which a buyer confirms a payment.

/// Asks the buyer.
pub(super) fn question(token: &str, amount: &str) -> String {
    let token = escape(token);
    let amount = escape(amount);
    shell(&format!(
        "<h1>Confirm your payment</h1><p>A shop asks for <b>{amount}</b>. This is a test: no money moves.</p>\
         <form method=post action='/challenges/{token}/approve'><button>Confirm</button></form>\
         <form method=post action='/challenges/{token}/refuse'><button>Refuse</button></form>"
    ))
}

/// Sends the buyer back.
pub(super) fn answer(approved: bool, return_url: &str) -> String {
    let what = if approved { "The payment is confirmed." } else { "The payment is not made." };
    let back = escape(return_url);
    shell(&format!("<h1>{what}</h1><p><a href='{back}'>Back to the shop</a></p>"))
}

fn shell(body: &str) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><title>Payment</title><body style='font:16px sans-serif;margin:4em'>{body}"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&#39;")
        .replace('"', "&quot;")
}
