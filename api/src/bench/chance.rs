//! Chance that can be repeated, and which products are popular.

/// A stream of numbers that looks random and is the same for the same seed.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub fn of(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not, 1.
    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A place in a list of `count` things; 0 if there are none.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.fraction() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// Whether something happens that happens once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Sixteen hexadecimal digits.
    pub fn token(&mut self) -> String {
        format!("{:016x}", self.next())
    }
}

/// Popularity by Zipf's law: the thing of rank k is asked for in proportion to k to the power of -0.9.
#[derive(Debug)]
pub(super) struct Zipf {
    /// Up to each rank, the sum of all weights.
    sums: Vec<f64>,
}

impl Zipf {
    const EXPONENT: f64 = 0.9;

    /// The law for `count` things.
    pub fn new(count: usize) -> Self {
        let mut sum = 0.0;
        let weight = |rank: usize| {
            sum += (rank as f64).powf(-Self::EXPONENT);
            sum
        };
        Zipf { sums: (1..=count).map(weight).collect() }
    }

    /// A place in the list of things; which is popular has nothing to do with where it stands.
    pub fn pick(&self, chance: &mut Chance) -> usize {
        let count = self.sums.len().max(1);
        let wanted = chance.fraction() * self.sums.last().copied().unwrap_or_default();
        let rank = self.sums.partition_point(|sum| *sum < wanted);
        // A prime larger than any catalog meets every place once.
        (rank as u64 * 2_147_483_647 % count as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Chance, Zipf};

    #[test]
    fn the_popular_are_asked_for_as_often_as_the_law_says() {
        let (zipf, mut chance) = (Zipf::new(1_000), Chance::of(7));
        let mut counts: HashMap<usize, u32> = HashMap::new();
        for _ in 0..200_000 {
            *counts.entry(zipf.pick(&mut chance)).or_default() += 1;
        }
        let mut counts: Vec<f64> = counts.into_values().map(f64::from).collect();
        counts.sort_by(|a, b| b.total_cmp(a));
        let ratio = counts[0] / counts[9];
        assert!((ratio - 10_f64.powf(0.9)).abs() < 1.0, "first to tenth: {ratio}");
        assert!(counts.len() > 950, "nearly all are asked for once: {}", counts.len());
    }

    #[test]
    fn chance_repeats_itself_for_the_same_seed() {
        let take = |seed| (0..5).map(|_| Chance::of(seed).token()).collect::<Vec<_>>();
        assert_eq!(take(1), take(1));
        assert_ne!(take(1), take(2));
    }
}
