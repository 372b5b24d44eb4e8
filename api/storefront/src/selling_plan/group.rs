//! Plans by what they have in common.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry, connection::Paging, slice};
use mcom_sales::selling_plans::{PlanPlace, SellingPlanGroup};

use super::{
    Shelf,
    plan::{Plan, PlanConnection},
};

/// A group, by its place among those of its store.
pub struct Group {
    shelf: Shelf,
    place: usize,
}

mcom_kit::record!(Group as "SellingPlanGroup" {
    "appName" => Group::app_name,
    "name" => Group::name,
    "options" => Group::options,
});

mcom_kit::connection!(GroupConnection, GroupEdge of Group as "SellingPlanGroupConnection" "SellingPlanGroupEdge");

/// Something that the plans of a group differ in.
pub struct GroupOption {
    name: String,
    values: Vec<String>,
}

mcom_kit::record!(GroupOption as "SellingPlanGroupOption" { "name" = name, "values" = values });

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Group>().field("sellingPlans", plans);
}

fn plans(_: &Cx, group: &Group, paging: &Paging) -> Result<PlanConnection, Error> {
    let plan = |plan| {
        let place = PlanPlace { group: group.place, plan };
        (slice::ordinal(plan), 0, Arc::new(Plan { shelf: group.shelf.clone(), place }))
    };
    let plans = (0..group.it().plans.len()).map(plan).collect();
    Ok(PlanConnection::of(slice::page_of(plans, "POSITION", &paging.page()?)?))
}

impl Group {
    /// A page of groups, by their places.
    pub(super) fn page(shelf: &Shelf, places: Vec<usize>, paging: &Paging) -> Result<GroupConnection, Error> {
        let group = |place| (slice::ordinal(place), 0, Arc::new(Group { shelf: shelf.clone(), place }));
        let groups = places.into_iter().map(group).collect();
        Ok(GroupConnection::of(slice::page_of(groups, "ID", &paging.page()?)?))
    }

    fn it(&self) -> &SellingPlanGroup {
        &self.shelf.plans.groups()[self.place]
    }

    fn app_name(&self) -> Option<&str> {
        self.it().details.app_name.as_deref()
    }

    fn name(&self) -> &str {
        &self.it().details.name
    }

    /// Each with the values that the plans have for it, in the order of the plans.
    fn options(&self) -> Vec<GroupOption> {
        let details = &self.it().details;
        let option = |(place, name): (usize, &String)| {
            let mut values: Vec<String> = vec![];
            for value in details.plans.iter().filter_map(|plan| plan.terms.options.get(place)) {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
            GroupOption { name: name.clone(), values }
        };
        details.options.iter().enumerate().map(option).collect()
    }
}
