//! The life of a payment.

use mcom_schema::{Refusal, refuse};

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// The provider has been or will be asked, or the merchant collects the money.
    Pending,
    /// The buyer must confirm at the provider.
    ActionRequired,
    /// The money is there.
    Paid,
    /// Nothing was moved.
    Declined,
    /// What may have been charged was given back before there was an order.
    Voided,
    /// The order was cancelled and the money given back.
    Refunded,
}

/// What can happen to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentStep {
    /// The provider asks the buyer to confirm.
    Challenge,
    /// The money arrived.
    Pay,
    /// The provider says no.
    Decline,
    /// There will be no order: nothing may stay charged.
    Void,
    /// The order is cancelled.
    Refund,
}

impl PaymentStep {
    /// From which state it leads to which.
    pub(super) fn moves(self) -> impl Iterator<Item = (PaymentState, PaymentState)> {
        PaymentState::ALL.into_iter().filter_map(move |from| Some((from, from.next(self).ok()?)))
    }
}

impl PaymentState {
    /// Every state.
    pub const ALL: [PaymentState; 6] = {
        use PaymentState::{ActionRequired, Declined, Paid, Pending, Refunded, Voided};
        [Pending, ActionRequired, Paid, Declined, Voided, Refunded]
    };

    /// The whole life of a payment.
    ///
    /// # Errors
    /// Refuses what cannot happen in this state.
    pub fn next(self, step: PaymentStep) -> Result<PaymentState, Refusal> {
        use {PaymentState as State, PaymentStep as Step};
        Ok(match (self, step) {
            (State::Pending, Step::Challenge) => State::ActionRequired,
            (State::Pending | State::ActionRequired, Step::Pay) => State::Paid,
            (State::Pending | State::ActionRequired, Step::Decline) => State::Declined,
            (State::Pending | State::ActionRequired | State::Paid, Step::Void) => State::Voided,
            (State::Paid, Step::Refund) => State::Refunded,
            (from, step) => {
                let message = format!("a payment that is {} cannot {step:?}", from.name());
                return Err(refuse("state", "INVALID", message));
            }
        })
    }

    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            PaymentState::Pending => "pending",
            PaymentState::ActionRequired => "action_required",
            PaymentState::Paid => "paid",
            PaymentState::Declined => "declined",
            PaymentState::Voided => "voided",
            PaymentState::Refunded => "refunded",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        PaymentState::ALL.into_iter().find(|state| state.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{PaymentState, PaymentStep};

    #[test]
    fn the_life_of_a_payment_is_this_table() {
        use PaymentStep::{Challenge, Decline, Pay, Refund, Void};
        let mut table = String::new();
        for from in PaymentState::ALL {
            for step in [Challenge, Pay, Decline, Void, Refund] {
                for (_, to) in step.moves().filter(|(origin, _)| *origin == from) {
                    table += &format!("{} + {step:?} = {}\n", from.name(), to.name());
                }
            }
        }
        assert_eq!(
            table,
            "pending + Challenge = action_required\n\
             pending + Pay = paid\n\
             pending + Decline = declined\n\
             pending + Void = voided\n\
             action_required + Pay = paid\n\
             action_required + Decline = declined\n\
             action_required + Void = voided\n\
             paid + Void = voided\n\
             paid + Refund = refunded\n"
        );
    }
}
