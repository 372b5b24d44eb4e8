//! The compact spelling of which option values go together, as clients decode it.
//!
//! Per option, positions of values are separated by a space or joined to a range by `-`; `:` goes on to the next
//! option and `,` ends a branch: `v1_0:0-1,1:0,` has the pairs 0-0, 0-1 and 1-0.

use std::fmt::Write;

/// Writes the combinations: one row per variant, in each the positions of its values, all rows of equal length.
pub fn encode<'a>(combinations: impl Iterator<Item = &'a [usize]>) -> String {
    let mut rows: Vec<&[usize]> = combinations.filter(|row| !row.is_empty()).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut out = "v1_".to_owned();
    match rows.first().map(|row| row.len()) {
        None => {}
        Some(1) => leaves(&rows, 0, &mut out),
        Some(_) => branches(&rows, 0, &mut out),
    }
    out
}

/// The values at `depth` and what follows each; `rows` agree before `depth`.
fn branches(rows: &[&[usize]], depth: usize, out: &mut String) {
    for branch in rows.chunk_by(|a, b| a[depth] == b[depth]) {
        push(out, branch[0][depth]);
        out.push(':');
        if depth + 2 == branch[0].len() {
            leaves(branch, depth + 1, out);
        } else {
            branches(branch, depth + 1, out);
        }
        out.push(',');
    }
}

/// The values of the last option.
fn leaves(rows: &[&[usize]], depth: usize, out: &mut String) {
    for (index, run) in rows.chunk_by(|a, b| a[depth] + 1 == b[depth]).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        push(out, run[0][depth]);
        if let [_, .., last] = run {
            out.push('-');
            push(out, last[depth]);
        }
    }
}

fn push(out: &mut String, position: usize) {
    // Writing into a string cannot fail.
    let _ = write!(out, "{position}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::encode;

    fn of(rows: &[&[usize]]) -> String {
        encode(rows.iter().copied())
    }

    #[test]
    fn one_option_is_a_plain_list() {
        assert_eq!(of(&[&[0]]), "v1_0");
        assert_eq!(of(&[&[0], &[1], &[2], &[4], &[6], &[7]]), "v1_0-2 4 6-7");
    }

    #[test]
    fn every_branch_is_closed() {
        assert_eq!(of(&[&[0, 0], &[1, 0], &[2, 0]]), "v1_0:0,1:0,2:0,");
        assert_eq!(of(&[&[0, 0, 0], &[0, 1, 0], &[0, 2, 0], &[0, 3, 0]]), "v1_0:0:0,1:0,2:0,3:0,,");
        assert_eq!(of(&[&[0, 0, 0], &[0, 1, 0], &[0, 1, 1], &[1, 0, 0]]), "v1_0:0:0,1:0-1,,1:0:0,,");
    }

    #[test]
    fn nothing_is_an_empty_list() {
        assert_eq!(of(&[]), "v1_");
        assert_eq!(of(&[&[]]), "v1_");
    }

    /// Reads the spelling back the way the published clients do: token by token, one branch open at a time.
    fn decode(text: &str) -> Vec<Vec<usize>> {
        let (mut rows, mut path, mut digits, mut range) = (vec![], vec![], String::new(), None);
        let mut closed = false;
        for c in text.trim_start_matches("v1_").chars().chain(['.']) {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            if let Ok(value) = digits.parse::<usize>() {
                let from: usize = range.take().unwrap_or(value);
                match c {
                    ':' => path.push(value),
                    '-' => range = Some(value),
                    _ => rows.extend((from..=value).map(|last| [path.as_slice(), &[last]].concat())),
                }
                closed = false;
            }
            if c == ',' {
                assert!(!closed || !path.is_empty(), "a branch is closed that was not open: {text}");
                path.pop();
                closed = true;
            }
            digits.clear();
        }
        rows
    }

    #[test]
    fn as_many_variants_as_a_product_may_have_are_read_back() {
        let every = |hole: usize| {
            let rows = (0..16 * 16 * 8).filter(move |row| hole == 0 || row % hole != 1);
            rows.map(|row| vec![row / 128, row / 8 % 16, row % 8]).collect::<Vec<_>>()
        };
        for rows in [every(0), every(3), every(2047), (0..2048).map(|row| vec![row]).collect()] {
            let text = encode(rows.iter().map(Vec::as_slice));
            assert_eq!(decode(&text), rows);
            assert!(text.len() < 10 * rows.len(), "{} bytes", text.len());
        }
        assert_eq!(every(0).len(), 2048);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            depth in 1usize..4,
            rows in prop::collection::btree_set(prop::array::uniform3(0usize..12), 0..60),
        ) {
            let rows: std::collections::BTreeSet<Vec<usize>> = rows.iter().map(|row| row[..depth].to_vec()).collect();
            let text = encode(rows.iter().map(Vec::as_slice));
            prop_assert_eq!(decode(&text), rows.into_iter().collect::<Vec<_>>());
        }
    }
}
