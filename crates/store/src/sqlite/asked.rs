//! What orders keep of who asked, forgotten when they no longer agree to it.

use sqlx::{SqliteConnection, query, query_as};

use crate::statements::personal_data::{FORGET_ASKED, ORDERS_SINCE_REFUSED, TOLD_ORDERS_OF, without_asked};

/// Takes what mattered to a customer out of what their orders keep.
pub(super) async fn forget_told(connection: &mut SqliteConnection, customer: &str) -> sqlx::Result<()> {
    let told =
        query_as::<_, (i64, String)>(TOLD_ORDERS_OF).bind(customer).fetch_all(&mut *connection).await?;
    for (number, design) in told {
        if let Some(design) = without_asked(&design) {
            query(FORGET_ASKED).bind(number).bind(design).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// The same of orders after this number whose buyer took the consent back before they were written.
pub(super) async fn forget_refused(connection: &mut SqliteConnection, last: i64) -> sqlx::Result<()> {
    let refused =
        query_as::<_, (i64, String)>(ORDERS_SINCE_REFUSED).bind(last).fetch_all(&mut *connection).await?;
    for (number, design) in refused {
        let design = without_asked(&design).unwrap_or(design);
        query(FORGET_ASKED).bind(number).bind(design).execute(&mut *connection).await?;
    }
    Ok(())
}
