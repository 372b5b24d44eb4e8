//! The figures, as a table for people and as JSON for programs.

use std::fmt::Write as _;

use hdrhistogram::Histogram;
use mcom_data::Durability;
use serde_json::{Map, Value, json};

use super::{
    Wish, Workload,
    limit::Limits,
    load::Outcome,
    machine::{self, Spent},
};

/// What one workload gave.
pub(super) struct Figures {
    /// As fast as it went.
    pub most: Outcome,
    /// At half of that rate.
    pub half: Outcome,
    /// Processor time of the run at the most.
    pub spent: Spent,
}

/// Everything that was measured.
pub struct Report {
    machine: String,
    products: u64,
    connections: usize,
    seconds: u64,
    durability: Durability,
    workloads: Vec<(Workload, Figures)>,
    pub(super) limits: Limits,
    pub(super) peak_rss_mib: f64,
}

impl Report {
    pub(super) fn new(wish: &Wish, durability: Durability) -> Self {
        Report {
            machine: machine::described(),
            products: wish.products,
            connections: wish.connections,
            seconds: wish.duration.as_secs(),
            durability,
            workloads: vec![],
            limits: Limits::default(),
            peak_rss_mib: 0.0,
        }
    }

    pub(super) fn add(&mut self, workload: Workload, figures: Figures) {
        self.workloads.push((workload, figures));
    }

    /// Requests that failed, of all workloads.
    pub fn errors(&self) -> u64 {
        self.workloads.iter().map(|(_, figures)| figures.errors()).sum()
    }

    /// The figures as JSON.
    pub fn json(&self) -> Value {
        let workloads: Map<String, Value> =
            self.workloads.iter().map(|(kind, figures)| (kind.name().to_owned(), figures.json())).collect();
        json!({
            "machine": self.machine,
            "products": self.products,
            "connections": self.connections,
            "seconds": self.seconds,
            "postgres": {
                "server_version": self.durability.server_version,
                "fsync": self.durability.fsync,
                "synchronous_commit": self.durability.synchronous_commit,
                "full_page_writes": self.durability.full_page_writes,
            },
            "workloads": workloads,
            "orders_per_s": self.orders_per_second().map(tenths),
            "limits": self.limits.json(),
            "peak_rss_mib": tenths(self.peak_rss_mib),
        })
    }

    fn orders_per_second(&self) -> Option<f64> {
        let checkout = self.workloads.iter().find(|(kind, _)| *kind == Workload::Checkout)?;
        Some(checkout.1.orders_per_second())
    }

    /// The figures as a table.
    pub fn table(&self) -> String {
        let mut text = format!(
            "{}\nPostgreSQL {}: fsync {}, synchronous_commit {}, full_page_writes {}\n{} products, {} connections, {} s each\n\n",
            self.machine,
            self.durability.server_version,
            self.durability.fsync,
            self.durability.synchronous_commit,
            self.durability.full_page_writes,
            self.products,
            self.connections,
            self.seconds,
        );
        text += "                      most at half of it, ms             CPU ms/request\n";
        text += "workload             req/s     p50     p95     p99   server database  errors\n";
        for (kind, figures) in &self.workloads {
            figures.rows(kind.name(), &mut text);
        }
        if let Some(orders) = self.orders_per_second() {
            let _ = writeln!(text, "\n{orders:.1} paid orders/s");
        }
        let _ = writeln!(text, "\npeak memory of the server: {:.0} MiB", self.peak_rss_mib);
        text += &self.limits.table();
        text
    }
}

impl Figures {
    fn errors(&self) -> u64 {
        self.most.errors + self.half.errors
    }

    fn orders_per_second(&self) -> f64 {
        self.most.orders as f64 / self.most.took.as_secs_f64()
    }

    /// Processor time of one request of a buyer; the merchant's share is in it.
    fn each(&self, ms: f64) -> f64 {
        ms / (self.most.asked().max(1) as f64)
    }

    fn json(&self) -> Value {
        let steps = |outcome: &Outcome| -> Map<String, Value> {
            let each = outcome.steps.iter();
            each.map(|(step, latencies)| {
                let rate = latencies.len() as f64 / outcome.took.as_secs_f64();
                let figures = json!({ "rps": tenths(rate), "p50_ms": ms(latencies, 0.50), "p95_ms": ms(latencies, 0.95),
                    "p99_ms": ms(latencies, 0.99) });
                ((*step).to_owned(), figures)
            })
            .collect()
        };
        let all = self.half.all();
        json!({
            "rps": tenths(self.most.per_second()),
            "p50_ms": ms(&all, 0.50),
            "p95_ms": ms(&all, 0.95),
            "p99_ms": ms(&all, 0.99),
            "server_cpu_ms": thousandths(self.each(self.spent.server_ms)),
            "database_cpu_ms": self.spent.database_ms.map(|spent| thousandths(self.each(spent))),
            "errors": self.errors(),
            "first_error": self.most.first_error.as_ref().or(self.half.first_error.as_ref()),
            "rps_at_half": tenths(self.half.per_second()),
            "catalog_writes": self.most.writes + self.half.writes,
            "steps_at_most": steps(&self.most),
            "steps_at_half": steps(&self.half),
        })
    }

    fn rows(&self, name: &str, text: &mut String) {
        let all = self.half.all();
        let _ = writeln!(
            text,
            "{name:<18} {:>7.0} {:>7.2} {:>7.2} {:>7.2} {:>8.3} {:>8} {:>7}",
            self.most.per_second(),
            ms(&all, 0.50),
            ms(&all, 0.95),
            ms(&all, 0.99),
            self.each(self.spent.server_ms),
            self.spent.database_ms.map_or_else(|| "-".to_owned(), |spent| format!("{:.3}", self.each(spent))),
            self.errors(),
        );
        if self.half.steps.len() > 1 {
            for (step, latencies) in &self.half.steps {
                let most = self.most.steps.get(step).map_or(0, Histogram::len);
                let rate = most as f64 / self.most.took.as_secs_f64();
                let _ = writeln!(
                    text,
                    "  {step:<16} {rate:>7.0} {:>7.2} {:>7.2} {:>7.2}",
                    ms(latencies, 0.50),
                    ms(latencies, 0.95),
                    ms(latencies, 0.99),
                );
            }
        }
        if let Some(error) = self.most.first_error.as_ref().or(self.half.first_error.as_ref()) {
            let _ = writeln!(text, "  first error: {error}");
        }
    }
}

fn ms(latencies: &Histogram<u64>, quantile: f64) -> f64 {
    thousandths(latencies.value_at_quantile(quantile) as f64 / 1_000.0)
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn thousandths(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}
