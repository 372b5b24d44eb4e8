//! What takes products into a collection.

use mcom_catalog::collections::{Rule, RuleSet};

/// The rules of a collection.
pub struct CollectionRuleSet {
    applied_disjunctively: bool,
    rules: Vec<CollectionRule>,
}

mcom_kit::record!(CollectionRuleSet as "CollectionRuleSet" {
    "appliedDisjunctively" = applied_disjunctively,
    "rules" = rules,
});

/// One condition on a product.
pub struct CollectionRule {
    it: Rule,
}

mcom_kit::record!(CollectionRule as "CollectionRule" {
    "column" => CollectionRule::column,
    "condition" = it.condition,
    "relation" => CollectionRule::relation,
});

impl CollectionRuleSet {
    /// Shows rules.
    pub(super) fn of(it: &RuleSet) -> Self {
        CollectionRuleSet {
            applied_disjunctively: it.applied_disjunctively,
            rules: it.rules.iter().map(|rule| CollectionRule { it: rule.clone() }).collect(),
        }
    }
}

impl CollectionRule {
    fn column(&self) -> String {
        published_name(self.it.column)
    }

    fn relation(&self) -> String {
        published_name(self.it.relation)
    }
}

/// The catalog writes columns and relations under the names that the API publishes.
fn published_name(of: impl serde::Serialize) -> String {
    let name = serde_json::to_value(of).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}
