//! The pool of the role that serves cannot be reached.
//! error: E0616

use mcom_data::Db;

pub async fn reach(db: &Db) {
    let _ = db.app.get().await;
}
