//! The refusal to serve as a role that could look over the walls between tenants.

use diesel::QueryableByName;
use diesel::sql_types::{Bool, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// Makes sure that the role which serves is bound by row-level security: no superuser, no BYPASSRLS, no owner of tables, and not
/// one whose policies show all tenants.
pub(crate) async fn refuse_privilege(app: &mut AsyncPgConnection) -> anyhow::Result<()> {
    let role = current(app).await?;
    anyhow::ensure!(
        !role.bypasses && !role.is_owner && !role.sees_all,
        "the database role «{}» may look past row-level security ({}): serve as mcom_app, which `mcom migrate --make-roles` makes",
        role.name,
        role.reason()
    );
    Ok(())
}

/// Makes sure that the role of the cross-tenant jobs can neither change tables nor set their policies aside.
pub(crate) async fn refuse_ownership(platform: &mut AsyncPgConnection) -> anyhow::Result<()> {
    let role = current(platform).await?;
    anyhow::ensure!(
        !role.bypasses && !role.is_owner,
        "the database role «{}» has more rights than the jobs across stores need ({}): use mcom_platform for them",
        role.name,
        role.reason()
    );
    Ok(())
}

async fn current(conn: &mut AsyncPgConnection) -> diesel::QueryResult<Role> {
    diesel::sql_query(CURRENT).get_result(conn).await
}

const CURRENT: &str = "select current_user::text as name, r.rolsuper or r.rolbypassrls as bypasses,
        exists (select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and pg_has_role(current_user, c.relowner, 'MEMBER')) as is_owner,
        exists (select 1 from pg_policy p cross join unnest(p.polroles) as bound (role)
                where pg_get_expr(p.polqual, p.polrelid) = 'true'
                and (bound.role = 0 or pg_has_role(current_user, bound.role, 'MEMBER'))) as sees_all
    from pg_roles r where r.rolname = current_user";

#[derive(QueryableByName)]
struct Role {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    bypasses: bool,
    #[diesel(sql_type = Bool)]
    is_owner: bool,
    #[diesel(sql_type = Bool)]
    sees_all: bool,
}

impl Role {
    fn reason(&self) -> &'static str {
        match self {
            Role { bypasses: true, .. } => "superuser or BYPASSRLS",
            Role { is_owner: true, .. } => "owner of the tables",
            _ => "its policies show all stores",
        }
    }
}
