//! Load: many connections at once, as fast as they are answered or at a given rate.

use std::{
    collections::BTreeMap,
    sync::{
        Barrier, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;

use super::{
    buyer::Buyer, chance::Chance, client::Connection, goods::Goods, merchant::Merchant, target::Targets,
};

/// Microseconds that a histogram can tell apart from longer ones.
const LONGEST_US: u64 = 60_000_000;

/// Who makes the traffic.
pub(super) struct Crew {
    /// Makes one buyer.
    pub hire: Box<dyn Fn() -> Box<dyn Buyer> + Send + Sync>,
    /// Whom they ask.
    pub targets: Targets,
    /// What there is to ask for.
    pub goods: std::sync::Arc<Goods>,
}

/// How fast.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    connections: usize,
    duration: Duration,
    /// Requests per second; none: each connection asks again as soon as it is answered.
    rate: Option<f64>,
    /// How many requests at most.
    requests: u64,
}

impl Pace {
    /// As fast as the server answers.
    pub fn closed(connections: usize, duration: Duration) -> Self {
        Pace { connections, duration, rate: None, requests: u64::MAX }
    }

    /// So many requests as fast as the server answers, however long it takes.
    pub fn counted(connections: usize, requests: u64) -> Self {
        Pace { connections, duration: Duration::MAX, rate: None, requests }
    }

    /// So many requests each second, whether or not earlier ones are answered.
    pub fn open(connections: usize, duration: Duration, rate: f64) -> Self {
        Pace { connections, duration, rate: Some(rate.max(0.1)), requests: u64::MAX }
    }
}

/// What came of it.
pub(super) struct Outcome {
    /// Latencies in microseconds, by step.
    pub steps: BTreeMap<&'static str, Histogram<u64>>,
    /// Requests before the clock ran.
    pub set_out: u64,
    /// Requests that failed, the merchant's too.
    pub errors: u64,
    /// What the first failure said.
    pub first_error: Option<String>,
    /// Orders placed.
    pub orders: u64,
    /// Changes that the merchant made beside it.
    pub writes: u64,
    /// From the first request to the last answer.
    pub took: Duration,
}

impl Outcome {
    /// Requests answered.
    pub fn answered(&self) -> u64 {
        self.steps.values().map(Histogram::len).sum()
    }

    /// Requests that the server was asked, measured or not.
    pub fn asked(&self) -> u64 {
        self.answered() + self.set_out + self.errors
    }

    /// Requests answered in a second.
    pub fn per_second(&self) -> f64 {
        self.answered() as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }

    /// The latencies of all steps.
    pub fn all(&self) -> Histogram<u64> {
        let mut all = latencies();
        for step in self.steps.values() {
            // They have the same bounds.
            let _ = all.add(step);
        }
        all
    }
}

fn latencies() -> Histogram<u64> {
    // The bounds are constant and fit; without any a histogram resizes itself.
    Histogram::new_with_bounds(1, LONGEST_US, 3).unwrap_or_else(|_| unbounded())
}

fn unbounded() -> Histogram<u64> {
    Histogram::new(3).unwrap_or_else(|_| unreachable!("three digits are among those it takes"))
}

/// Runs on threads beside the event loop; gives the crew back.
///
/// # Errors
/// If the server cannot be reached.
pub(super) async fn aside(crew: Crew, pace: Pace) -> anyhow::Result<(Crew, Outcome)> {
    tokio::task::spawn_blocking(move || {
        let outcome = run(&crew, pace)?;
        Ok((crew, outcome))
    })
    .await?
}

/// What the threads of a run share.
struct Shared<'r> {
    crew: &'r Crew,
    pace: Pace,
    /// Where buyers wait until all of them are on their way.
    gate: Barrier,
    start: OnceLock<Instant>,
    /// Requests begun: in an open loop each has its time by its number.
    begun: AtomicU64,
    stop: AtomicBool,
    first_error: Mutex<Option<String>>,
}

/// What one thread has seen.
#[derive(Default)]
struct Seen {
    steps: BTreeMap<&'static str, Histogram<u64>>,
    set_out: u64,
    errors: u64,
    orders: u64,
}

fn run(crew: &Crew, pace: Pace) -> anyhow::Result<Outcome> {
    let connections = (0..pace.connections)
        .map(|number| Connection::open(&crew.targets.storefront, number))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let merchant = Merchant::new(crew)?;
    let shared = Shared {
        crew,
        pace,
        gate: Barrier::new(pace.connections),
        start: OnceLock::new(),
        begun: AtomicU64::new(0),
        stop: AtomicBool::new(false),
        first_error: Mutex::default(),
    };
    let shared = &shared;
    let (all, (writes, refused), took) = thread::scope(|scope| {
        let buyers: Vec<_> = (1..)
            .zip(connections)
            .map(|(seed, connection)| scope.spawn(move || shared.buy(seed, connection)))
            .collect();
        let merchant = scope.spawn(move || merchant.work(&shared.begun, &shared.stop));
        let all: Vec<Seen> = buyers.into_iter().filter_map(|buyer| buyer.join().ok()).collect();
        let took = shared.start().elapsed();
        shared.stop.store(true, Ordering::Release);
        (all, merchant.join().unwrap_or_default(), took)
    });
    let mut outcome = Outcome {
        steps: BTreeMap::new(),
        set_out: 0,
        errors: refused,
        first_error: shared.first_error.lock().unwrap_or_else(PoisonError::into_inner).take(),
        orders: 0,
        writes,
        took,
    };
    for seen in all {
        outcome.set_out += seen.set_out;
        outcome.errors += seen.errors;
        outcome.orders += seen.orders;
        for (step, latencies) in seen.steps {
            let _ = outcome.steps.entry(step).or_insert_with(self::latencies).add(latencies);
        }
    }
    Ok(outcome)
}

/// Brings a buyer to some step of its way, by how many requests is told: if all began at the first one, all would pay in the same
/// moment.
fn set_out(
    buyer: &mut dyn Buyer,
    seed: u64,
    chance: &mut Chance,
    connection: &mut Connection,
) -> anyhow::Result<u64> {
    let Some((walker, steps)) = buyer.walker() else { return Ok(0) };
    let requests = seed % steps;
    for _ in 0..requests {
        let ask = walker.next(chance);
        walker.heard(connection.post(&ask.body)?)?;
    }
    Ok(requests)
}

impl Shared<'_> {
    fn buy(&self, seed: u64, mut connection: Connection) -> Seen {
        let mut chance = Chance::of(seed);
        let mut buyer = (self.crew.hire)();
        let mut seen = Seen::default();
        let set_out = set_out(&mut *buyer, seed, &mut chance, &mut connection);
        self.gate.wait();
        match set_out {
            Ok(requests) => seen.set_out = requests,
            Err(error) => self.note(&mut seen, "setting out", &error),
        }
        while let Some(due) = self.turn() {
            let ask = buyer.next(&mut chance);
            let heard = connection.post(&ask.body).and_then(|answer| {
                let latency = due.elapsed();
                buyer.heard(answer)?;
                Ok(latency)
            });
            match heard {
                Ok(latency) => seen
                    .steps
                    .entry(ask.step)
                    .or_insert_with(latencies)
                    .saturating_record(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX).max(1)),
                Err(error) => {
                    self.note(&mut seen, ask.step, &error);
                    // Whatever is left on the old connection belongs to nobody.
                    match Connection::open(&self.crew.targets.storefront, seed as usize) {
                        Ok(fresh) => connection = fresh,
                        Err(_) => break,
                    }
                }
            }
        }
        seen.orders = buyer.orders();
        seen
    }

    fn note(&self, seen: &mut Seen, step: &str, error: &anyhow::Error) {
        seen.errors += 1;
        let mut first = self.first_error.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| format!("{step}: {error:#}"));
    }

    fn start(&self) -> Instant {
        *self.start.get_or_init(Instant::now)
    }

    /// When the next request is due: now in a closed loop; in an open one at its time in the schedule, which does not wait for
    /// slow answers, so that their delay counts for every request behind them.
    fn turn(&self) -> Option<Instant> {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let due = match self.pace.rate {
            None => Instant::now(),
            Some(rate) => self.start() + Duration::from_secs_f64(number as f64 / rate),
        };
        if due.duration_since(self.start()) >= self.pace.duration || number >= self.pace.requests {
            return None;
        }
        thread::sleep(due.saturating_duration_since(Instant::now()));
        Some(due)
    }
}
