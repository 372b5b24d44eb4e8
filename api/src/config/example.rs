//! `.env.example`, made from the doc comments of the structs, so that it cannot tell of anything else.

/// The sources whose comments name variables, in the order in which people need them.
const SOURCES: [&str; 11] = [
    include_str!("database.rs"),
    include_str!("http.rs"),
    include_str!("tls.rs"),
    include_str!("payments.rs"),
    include_str!("redis.rs"),
    include_str!("objects.rs"),
    include_str!("mail.rs"),
    include_str!("search.rs"),
    include_str!("worker.rs"),
    include_str!("roles.rs"),
    include_str!("log.rs"),
];

/// The text of `.env.example`: every variable with its meaning; those that have a default are commented out.
pub fn example() -> String {
    let mut text =
        "# Variables that mcom reads. `./mcom up` sets what it needs by itself; nothing here is needed for that.\n"
            .to_owned();
    for source in SOURCES {
        for comment in comments(source) {
            text.push_str(&entry(&comment));
        }
    }
    text
}

/// The doc comments that begin with a variable's name, as lines.
fn comments(source: &str) -> Vec<Vec<&str>> {
    let mut found: Vec<Vec<&str>> = vec![];
    let mut inside = false;
    for line in source.lines().map(str::trim) {
        match line.strip_prefix("/// ") {
            Some(said) if said.starts_with("`MCOM_") || said.starts_with("`DATABASE_") => {
                found.push(vec![said]);
                inside = true;
            }
            Some(said) if inside => found.last_mut().into_iter().for_each(|comment| comment.push(said)),
            _ => inside = false,
        }
    }
    found
}

fn entry(comment: &[&str]) -> String {
    let first = comment.first().copied().unwrap_or_default();
    let (name, meaning) = first.split_once(": ").unwrap_or((first, ""));
    let name = name.trim_matches('`');
    let mut text = format!("\n# {}{}\n", meaning[..1].to_uppercase(), &meaning[1..]);
    let mut line = format!("{name}=\n");
    for said in &comment[1..] {
        if let Some(default) = said.strip_prefix("Default: ") {
            line = format!("# {name}={default}\n");
        } else if let Some(value) = said.strip_prefix("Example: ") {
            line = format!("# {name}={value}\n");
        } else {
            text.push_str(&format!("# {said}\n"));
        }
    }
    text + &line
}

#[cfg(test)]
mod tests {
    use super::example;

    #[test]
    fn the_committed_example_tells_of_every_variable() {
        let committed = include_str!("../../../.env.example");
        assert_eq!(committed, example(), "run `mcom config --example > .env.example`");
        assert!(committed.contains("\n# MCOM_LISTEN=127.0.0.1:8080\n"));
    }
}
