//! The client's document as parsed, with one view over the four spellings of an operation.

use graphql_tools::parser::Pos;
use graphql_tools::parser::query as q;

/// A parsed document; it owns its text.
pub type Ast = q::Document<'static, String>;
/// What stands between two braces.
pub type SelectionSet = q::SelectionSet<'static, String>;
/// A field as written.
pub type AstField = q::Field<'static, String>;
/// A directive as written.
pub type Directive = q::Directive<'static, String>;
/// A named fragment.
pub type Fragment = q::FragmentDefinition<'static, String>;
/// `$name: Type = default`.
pub type VariableDefinition = q::VariableDefinition<'static, String>;
/// A literal or a variable.
pub type Literal = q::Value<'static, String>;
/// A type reference as written.
pub type AstType = q::Type<'static, String>;

/// The kinds of operation, by their keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Writes; its root fields run one after another.
    Mutation,
    /// Not offered by any API, refused by validation.
    Subscription,
}

impl OperationKind {
    /// `query`, `mutation` or `subscription`.
    pub fn keyword(self) -> &'static str {
        match self {
            OperationKind::Query => "query",
            OperationKind::Mutation => "mutation",
            OperationKind::Subscription => "subscription",
        }
    }
}

/// An operation of a document, whichever way it was spelled.
#[derive(Clone, Copy)]
pub struct Operation<'d> {
    /// Query, mutation or subscription.
    pub kind: OperationKind,
    /// Its name, if it has one.
    pub name: Option<&'d str>,
    /// Declared variables.
    pub variables: &'d [VariableDefinition],
    /// Directives on the operation itself.
    pub directives: &'d [Directive],
    /// Its root fields.
    pub selection: &'d SelectionSet,
    /// Where it begins.
    pub position: Pos,
}

impl Operation<'_> {
    /// How error paths name it: `query Product`, or `query` alone.
    pub fn label(&self) -> String {
        match self.name {
            Some(name) => format!("{} {name}", self.kind.keyword()),
            None => self.kind.keyword().to_owned(),
        }
    }
}

/// The operations of a document, in order.
pub fn operations(document: &Ast) -> impl Iterator<Item = Operation<'_>> {
    document.definitions.iter().filter_map(|definition| match definition {
        q::Definition::Operation(operation) => Some(view(operation)),
        q::Definition::Fragment(_) => None,
    })
}

/// The named fragments of a document, in order.
pub fn fragments(document: &Ast) -> impl Iterator<Item = &Fragment> {
    document.definitions.iter().filter_map(|definition| match definition {
        q::Definition::Fragment(fragment) => Some(fragment),
        q::Definition::Operation(_) => None,
    })
}

fn view<'d>(operation: &'d q::OperationDefinition<'static, String>) -> Operation<'d> {
    macro_rules! spelled {
        ($kind:ident, $o:ident) => {
            Operation {
                kind: OperationKind::$kind,
                name: $o.name.as_deref(),
                variables: &$o.variable_definitions,
                directives: &$o.directives,
                selection: &$o.selection_set,
                position: $o.position,
            }
        };
    }
    match operation {
        q::OperationDefinition::SelectionSet(set) => Operation {
            kind: OperationKind::Query,
            name: None,
            variables: &[],
            directives: &[],
            selection: set,
            position: set.span.0,
        },
        q::OperationDefinition::Query(o) => spelled!(Query, o),
        q::OperationDefinition::Mutation(o) => spelled!(Mutation, o),
        q::OperationDefinition::Subscription(o) => spelled!(Subscription, o),
    }
}

/// The selection set of a definition, to be changed.
pub fn selection_mut<'d>(definition: &'d mut q::Definition<'static, String>) -> &'d mut SelectionSet {
    use q::OperationDefinition as O;
    match definition {
        q::Definition::Fragment(f) => &mut f.selection_set,
        q::Definition::Operation(O::SelectionSet(set)) => set,
        q::Definition::Operation(O::Query(o)) => &mut o.selection_set,
        q::Definition::Operation(O::Mutation(o)) => &mut o.selection_set,
        q::Definition::Operation(O::Subscription(o)) => &mut o.selection_set,
    }
}

/// The directives on a selection.
pub fn directives<'d>(selection: &'d q::Selection<'static, String>) -> &'d [Directive] {
    match selection {
        q::Selection::Field(f) => &f.directives,
        q::Selection::FragmentSpread(f) => &f.directives,
        q::Selection::InlineFragment(f) => &f.directives,
    }
}

/// The key under which a field is answered.
pub fn response_key(field: &AstField) -> &str {
    field.alias.as_deref().unwrap_or(&field.name)
}
