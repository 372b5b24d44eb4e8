//! The life of an attempt to turn a cart into an order.

use mcom_schema::{Refusal, refuse};

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckoutState {
    /// Stock is held; the provider is being asked for the money.
    Reserved,
    /// Stock is held; the buyer must confirm at the provider.
    ActionRequired,
    /// There will be no order: what may have been charged is being given back, then the stock.
    Unwinding,
    /// There is an order.
    Placed,
    /// There is none, no money was kept, and nothing is held.
    Failed,
}

/// What can happen to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckoutStep {
    /// The provider asks the buyer to confirm.
    Challenge,
    /// The payment is settled and the order is written.
    Place,
    /// The order cannot be placed, and it is not certain that nothing was charged.
    GiveUp,
    /// It is certain that nothing stays charged.
    Fail,
}

impl CheckoutState {
    /// Every state.
    pub const ALL: [CheckoutState; 5] = {
        use CheckoutState::{ActionRequired, Failed, Placed, Reserved, Unwinding};
        [Reserved, ActionRequired, Unwinding, Placed, Failed]
    };

    /// The whole life of an attempt.
    ///
    /// # Errors
    /// Refuses what cannot happen in this state.
    pub fn next(self, step: CheckoutStep) -> Result<CheckoutState, Refusal> {
        use {CheckoutState as State, CheckoutStep as Step};
        Ok(match (self, step) {
            (State::Reserved, Step::Challenge) => State::ActionRequired,
            (State::Reserved | State::ActionRequired, Step::Place) => State::Placed,
            (State::Reserved | State::ActionRequired, Step::GiveUp) => State::Unwinding,
            (State::Reserved | State::ActionRequired | State::Unwinding, Step::Fail) => State::Failed,
            (from, step) => {
                let message = format!("an attempt that is {} cannot {step:?}", from.name());
                return Err(refuse("state", "INVALID", message));
            }
        })
    }

    /// Whether nothing will happen to it any more.
    pub const fn is_settled(self) -> bool {
        matches!(self, CheckoutState::Placed | CheckoutState::Failed)
    }

    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            CheckoutState::Reserved => "reserved",
            CheckoutState::ActionRequired => "action_required",
            CheckoutState::Unwinding => "unwinding",
            CheckoutState::Placed => "placed",
            CheckoutState::Failed => "failed",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        CheckoutState::ALL.into_iter().find(|state| state.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckoutState, CheckoutStep};

    #[test]
    fn the_life_of_an_attempt_is_this_table() {
        use CheckoutStep::{Challenge, Fail, GiveUp, Place};
        let mut table = String::new();
        for from in CheckoutState::ALL {
            for step in [Challenge, Place, GiveUp, Fail] {
                if let Ok(to) = from.next(step) {
                    table += &format!("{} + {step:?} = {}\n", from.name(), to.name());
                }
            }
        }
        assert_eq!(
            table,
            "reserved + Challenge = action_required\n\
             reserved + Place = placed\n\
             reserved + GiveUp = unwinding\n\
             reserved + Fail = failed\n\
             action_required + Place = placed\n\
             action_required + GiveUp = unwinding\n\
             action_required + Fail = failed\n\
             unwinding + Fail = failed\n"
        );
    }

    #[test]
    fn nothing_happens_to_a_settled_attempt() {
        use CheckoutStep::{Challenge, Fail, GiveUp, Place};
        for state in CheckoutState::ALL {
            let moves =
                [Challenge, Place, GiveUp, Fail].into_iter().filter(|step| state.next(*step).is_ok()).count();
            assert_eq!(moves == 0, state.is_settled());
        }
    }
}
