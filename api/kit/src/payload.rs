//! Payloads of mutations and the errors in them, declared in one line each.

/// Declares the entries of a `userErrors` list. Without a code: `user_error!(UserError as "UserError" without code)`.
///
/// ```
/// mcom_kit::user_error!(CartUserError as "CartUserError");
/// ```
#[macro_export]
macro_rules! user_error {
    ($name:ident as $graphql:literal) => {
        $crate::user_error!(@declare $name as $graphql { "code" = code });
    };
    ($name:ident as $graphql:literal without code) => {
        $crate::user_error!(@declare $name as $graphql {});
    };
    (@declare $name:ident as $graphql:literal { $($code:literal = $field:ident)? }) => {
        #[doc = concat!("One entry of a list of `", $graphql, "`.")]
        #[derive(Debug, Clone)]
        pub struct $name {
            /// The way to the input field, if one is to blame.
            pub field: Option<Vec<String>>,
            /// A sentence for people.
            pub message: String,
            $(
                /// The contract's code.
                pub $field: Option<String>,
            )?
        }

        impl From<$crate::Refusal> for $name {
            fn from(refusal: $crate::Refusal) -> Self {
                $name {
                    field: (!refusal.field.is_empty()).then_some(refusal.field),
                    message: refusal.message,
                    $($field: Some(refusal.code.into_owned()),)?
                }
            }
        }

        $crate::record!($name as $graphql { "field" = field, "message" = message $(, $code = $field)? });
    };
}

/// Declares what a mutation answers: its objects, all empty when it is refused, and its `userErrors`.
///
/// ```
/// # struct Cart { id: String }
/// # mcom_kit::record!(Cart as "Cart" { "id" = id });
/// # mcom_kit::user_error!(CartUserError as "CartUserError");
/// mcom_kit::payload!(CartCreatePayload as "CartCreatePayload" refusing CartUserError {
///     "cart" = cart: Option<std::sync::Arc<Cart>>,
/// });
/// ```
#[macro_export]
macro_rules! payload {
    ($name:ident as $graphql:literal refusing $error:ident { $($key:literal = $field:ident: $type:ty),* $(,)? }) => {
        #[doc = concat!("The answer of a mutation: `", $graphql, "`.")]
        #[derive(Default)]
        pub struct $name {
            $(
                #[doc = concat!("`", $key, "`")]
                pub $field: $type,
            )*
            /// Why nothing was changed; empty if something was.
            pub user_errors: Vec<$error>,
        }

        impl $crate::Payload for $name {
            fn refused(refusals: Vec<$crate::Refusal>) -> Self {
                $name { user_errors: refusals.into_iter().map(Into::into).collect(), ..Default::default() }
            }
        }

        $crate::record!($name as $graphql { $($key = $field,)* "userErrors" = user_errors });
    };
}
