//! Refusals without a code, as the older mutations answer them.

mcom_kit::user_error!(UserError as "UserError" without code);
