//! How many slips of the pen lie between two words: letters added, left out, changed, or swapped with their neighbor.

/// Whether at most `slips` lie between them.
pub(super) fn within(a: &str, b: &str, slips: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a.len().abs_diff(b.len()) <= slips && distance(&a, &b) <= slips
}

/// Row by row; a swap looks two rows back.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, one) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let changed = above[j] + usize::from(one != other);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *one == b[j - 1] && a[i - 1] == *other {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn slips_are_counted() {
        for (a, b, slips) in
            [("linen", "linen", 0), ("linen", "lnien", 1), ("linen", "line", 1), ("linen", "liver", 2)]
        {
            assert!(within(a, b, slips), "{a} {b}");
            assert!(slips == 0 || !within(a, b, slips - 1), "{a} {b}");
        }
        assert!(!within("linen", "woolen", 2));
    }
}
