//! The life of an order's money.

use mcom_schema::{Refusal, refuse};

/// What has been paid of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinancialStatus {
    /// Nothing yet.
    Pending,
    /// Everything.
    Paid,
    /// It was given back.
    Refunded,
    /// It was cancelled before anything was paid.
    Voided,
}

/// What can happen to an order's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinancialStep {
    /// The merchant got the money.
    Pay,
    /// The buyer got it back.
    Refund,
    /// Nobody waits for it any more.
    Void,
}

impl FinancialStatus {
    /// Every status.
    pub const ALL: [FinancialStatus; 4] = {
        use FinancialStatus::{Paid, Pending, Refunded, Voided};
        [Pending, Paid, Refunded, Voided]
    };

    /// The whole life of an order's money.
    ///
    /// # Errors
    /// Refuses what cannot happen in this status.
    pub fn next(self, step: FinancialStep) -> Result<FinancialStatus, Refusal> {
        use {FinancialStatus as Status, FinancialStep as Step};
        Ok(match (self, step) {
            (Status::Pending, Step::Pay) => Status::Paid,
            (Status::Pending, Step::Void) => Status::Voided,
            (Status::Paid, Step::Refund) => Status::Refunded,
            (from, step) => {
                let message = format!("an order that is {} cannot {step:?}", from.name());
                return Err(refuse("financialStatus", "INVALID", message));
            }
        })
    }

    /// The name in the database and in the contract's `OrderDisplayFinancialStatus`.
    pub const fn name(self) -> &'static str {
        match self {
            FinancialStatus::Pending => "PENDING",
            FinancialStatus::Paid => "PAID",
            FinancialStatus::Refunded => "REFUNDED",
            FinancialStatus::Voided => "VOIDED",
        }
    }

    /// The status with this name.
    pub fn parse(name: &str) -> Option<Self> {
        FinancialStatus::ALL.into_iter().find(|status| status.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{FinancialStatus, FinancialStep};

    #[test]
    fn the_life_of_an_orders_money_is_this_table() {
        use FinancialStep::{Pay, Refund, Void};
        let mut table = String::new();
        for from in FinancialStatus::ALL {
            for step in [Pay, Refund, Void] {
                if let Ok(to) = from.next(step) {
                    table += &format!("{} + {step:?} = {}\n", from.name(), to.name());
                }
            }
        }
        assert_eq!(table, "PENDING + Pay = PAID\nPENDING + Void = VOIDED\nPAID + Refund = REFUNDED\n");
    }
}
