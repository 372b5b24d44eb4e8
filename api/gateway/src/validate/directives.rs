//! Directives: declared, allowed where they stand, at most once, with the right arguments.

use std::collections::HashSet;

use async_graphql_parser::types::DirectiveLocation;

use super::Walk;
use crate::ast::{Directive, OperationKind};
use crate::refuse::RequestError;

/// Where in a document a directive stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Query,
    Mutation,
    Subscription,
    Field,
    FragmentDefinition,
    FragmentSpread,
    InlineFragment,
}

impl From<OperationKind> for Place {
    fn from(kind: OperationKind) -> Self {
        match kind {
            OperationKind::Query => Place::Query,
            OperationKind::Mutation => Place::Mutation,
            OperationKind::Subscription => Place::Subscription,
        }
    }
}

impl Place {
    fn location(self) -> DirectiveLocation {
        match self {
            Place::Query => DirectiveLocation::Query,
            Place::Mutation => DirectiveLocation::Mutation,
            Place::Subscription => DirectiveLocation::Subscription,
            Place::Field => DirectiveLocation::Field,
            Place::FragmentDefinition => DirectiveLocation::FragmentDefinition,
            Place::FragmentSpread => DirectiveLocation::FragmentSpread,
            Place::InlineFragment => DirectiveLocation::InlineFragment,
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Place::Query => "queries",
            Place::Mutation => "mutations",
            Place::Subscription => "subscriptions",
            Place::Field => "fields",
            Place::FragmentDefinition => "fragment definitions",
            Place::FragmentSpread => "fragment spreads",
            Place::InlineFragment => "inline fragments",
        }
    }
}

impl Walk<'_> {
    /// Checks the directives on one element.
    pub(super) fn directives(&mut self, directives: &[Directive], place: Place) {
        let mut seen = HashSet::new();
        for directive in directives {
            let (name, schema) = (directive.name.as_str(), self.schema);
            let Some(def) = schema.directives.get(name) else {
                let message = format!("Directive @{name} is not defined");
                self.report(RequestError::new("undefinedDirective", message).with("directiveName", name));
                continue;
            };
            if !seen.insert(name) {
                let message = format!("The directive \"{name}\" can only be used once at this location.");
                self.report(
                    RequestError::new("directiveNotUniqueForLocation", message).with("directiveName", name),
                );
            }
            if !def.locations.contains(&place.location()) {
                let message = format!("'@{name}' can't be applied to {}", place.plural());
                let error = RequestError::new("directiveCannotBeApplied", message);
                self.report(error.with("targetName", place.plural()).with("name", name));
            }
            self.arguments(&directive.arguments, &def.args, "Directive", name);
        }
    }
}
