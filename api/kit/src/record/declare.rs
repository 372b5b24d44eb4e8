//! The macro that declares a struct as a record.

/// Declares which fields of an object type a struct answers.
///
/// `"name" = path.to.field` shows a field (the path may go through an `Arc`);
/// `"name" => function` shows what `fn(&Self) -> impl Given` computes, for instance a money amount as text.
///
/// ```
/// struct Page { id: i64, doc: std::sync::Arc<Doc> }
/// struct Doc { handle: String, views: i64 }
/// impl Page {
///     fn gid(&self) -> String { format!("gid://shopify/Page/{}", self.id) }
/// }
/// mcom_kit::record!(Page as "Page" { "id" => Page::gid, "handle" = doc.handle, "views" = doc.views });
/// ```
#[macro_export]
macro_rules! record {
    ($type:ty as $name:literal { $($key:literal $op:tt $first:ident $(. $rest:ident)* $(:: $tail:ident)*),* $(,)? }) => {
        impl $crate::record::Record for $type {
            fn prop(&self, name: &str) -> $crate::record::Prop<'_> {
                match name {
                    $($key => $crate::record!(@show self $op $first $(. $rest)* $(:: $tail)*),)*
                    _ => $crate::record::Prop::Null,
                }
            }

            fn type_name(&self) -> &'static str {
                $name
            }

            fn as_any(&self) -> &(dyn ::std::any::Any + Send + Sync) {
                self
            }
        }

        impl $crate::record::Shaped for $type {
            const TYPE: &'static str = $name;

            fn shape() -> $crate::record::Shape {
                $crate::record::Shape {
                    name: $name,
                    rust: ::std::any::TypeId::of::<$type>(),
                    props: vec![$(($key, $crate::record!(@kind $type, $op $first $(. $rest)* $(:: $tail)*))),*],
                    view: $crate::registry::view::<$type>,
                }
            }
        }
    };
    (@show $it:ident = $($path:ident).+) => { $crate::record::Show::show(&$it.$($path).+) };
    (@show $it:ident => $($function:ident)::+) => { $crate::record::Given::give($($function)::+($it)) };
    (@kind $type:ty, = $($path:ident).+) => { $crate::record::kind_of(|it: &$type| &it.$($path).+) };
    (@kind $type:ty, => $($function:ident)::+) => { $crate::record::computed_kind($($function)::+) };
}
