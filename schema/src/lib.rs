//! The shared language of every room: ids, money, currencies, time, refusals, permissions and events. No I/O.

pub mod clock;
pub mod country;
pub mod currency;
pub mod entropy;
pub mod event;
pub mod exchange;
pub mod handle;
pub mod id;
pub mod language;
pub mod look;
pub mod measure;
pub mod money;
pub mod permission;
pub mod refusal;
pub mod remark;
pub mod text;

pub use clock::{Clock, ManualClock, SystemClock};
pub use currency::Currency;
pub use entropy::{Entropy, SystemEntropy};
pub use exchange::{Exchange, Rate, Rounding};
pub use handle::Handle;
pub use id::Gid;
pub use language::Language;
pub use look::Look;
pub use measure::{Measure, MeasuredUnit, UnitPriceMeasurementInput};
pub use money::Money;
pub use permission::Scope;
pub use refusal::{Refusal, refuse};
pub use remark::{SearchRemark, SearchWarning};
