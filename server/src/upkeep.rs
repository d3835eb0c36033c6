//! What is done beside serving: mails go out, counts are written, revisions are prepared, and what is old is forgotten.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use server::mail::Postman;
use server::readiness::Readiness;
use shop::access::AuditFaultKind;
use shop::customers::Retained;
use shop::{Differing, Shop, ShopError};

/// How long until it is looked again for mails.
const NEXT_POST: Duration = Duration::from_secs(1);

/// Delivers the mails that customers wait for, and forgets those of people who were erased.
pub(super) async fn deliver(shop: Arc<Shop>, postman: Postman) {
    let mut is_failing = false;
    loop {
        let delivered = shop.deliver_mails(&postman).await;
        let forgotten = shop.forget_mails(&postman).await;
        match delivered.and(forgotten) {
            Ok(_) => is_failing = false,
            // Said once, however long it lasts.
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::warn!(%error, "mails wait; it is tried again every second");
            }
            Err(_) => {}
        }
        tokio::time::sleep(NEXT_POST).await;
    }
}

/// How long what is counted waits in memory.
const KEEP_COUNTS: Duration = Duration::from_secs(60);

/// Writes what was counted, once a minute.
pub(super) async fn keep_counts(shop: Arc<Shop>) {
    loop {
        tokio::time::sleep(KEEP_COUNTS).await;
        if let Err(error) = shop.keep_counts().await {
            tracing::warn!(%error, "what was counted waits; it is tried again in a minute");
        }
    }
}

/// How long until it is looked again for releases whose time has come.
const NEXT_RELEASE: Duration = Duration::from_secs(2);

/// Publishes and ends releases at their time. Of several shops on one database, whichever comes first does so.
pub(super) async fn carry_out_releases(shop: Arc<Shop>) {
    let mut is_failing = false;
    loop {
        match shop.carry_out_releases().await {
            Ok(_) => is_failing = false,
            // Said once, however long it lasts.
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::warn!(%error, "releases wait; it is tried again every two seconds");
            }
            Err(_) => {}
        }
        tokio::time::sleep(NEXT_RELEASE).await;
    }
}

/// How long until it is looked again for settings that another server saved.
const NEXT_SETTINGS: Duration = Duration::from_secs(1);

/// Takes over what was saved at other servers on the same database.
pub(super) async fn refresh_settings(shop: Arc<Shop>) {
    let mut is_failing = false;
    loop {
        tokio::time::sleep(NEXT_SETTINGS).await;
        match shop.refresh_settings().await {
            Ok(_) => is_failing = false,
            // Said once, however long it lasts.
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::error!(%error, "what was saved as the shop's settings is not in force; what stood before is");
            }
            Err(_) => {}
        }
    }
}

/// How long until it is looked again for what another release, which shares the database, published.
const LOOK_AGAIN: Duration = Duration::from_secs(600);

/// What is done while everything that is ready is served: prepares what another release left or published, and says once which
/// folders are not what is served.
pub(super) async fn look_after(shop: Arc<Shop>, catalogs: PathBuf, readiness: Arc<Readiness>) {
    prepare(&shop).await;
    readiness.prepared();
    if let Err(error) = shop.learn_ahead().await {
        tracing::warn!(%error, "orders are learnt from once somebody asks");
    }
    say_what_differs(&shop, &catalogs).await;
    let mut kept_clean = None;
    loop {
        forget_designs(&shop).await;
        look_after_experiments(&shop).await;
        keep_clean(&shop, &mut kept_clean).await;
        tokio::time::sleep(LOOK_AGAIN).await;
        prepare(&shop).await;
    }
}

/// How long until it is looked again whose time is over.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Checks the audit, and says each day what its last hash is: a log is another place than the database.
async fn note_audit(shop: &Shop) {
    match shop.verify_audit(None).await {
        Ok(report) if report.is_whole() => {
            let last = report.last.unwrap_or_default();
            tracing::info!(entries = report.entries, last, "the audit is whole");
        }
        Ok(report) => {
            let faults = report.fault_count;
            tracing::error!(faults, "the audit is not as it was noted; `atelier audit verify` says where");
        }
        Err(error) => tracing::warn!(%error, "the audit is not checked today"),
    }
}

/// Says whether the audit is as it was noted.
pub(super) async fn verify_audit(shop: &Shop, expected: Option<&str>) -> anyhow::Result<ExitCode> {
    let report = shop.verify_audit(expected).await?;
    for fault in &report.faults {
        let what = match fault.kind {
            AuditFaultKind::Changed => "was changed, or one before it was taken out or put in",
            AuditFaultKind::Unhashed => {
                "has no hash: an older release noted it, or something that is not the shop"
            }
        };
        println!("entry {} of {}: {what}", fault.id, fault.at);
    }
    if report.has_expected == Some(false) {
        println!("the expected hash is not there: the audit was changed or cut off after it was printed");
    }
    println!("{} entries, {} of them older than hashes", report.entries, report.older);
    println!("last hash: {}", report.last.as_deref().unwrap_or("none yet"));
    if report.is_whole() {
        println!("whole");
        return Ok(ExitCode::SUCCESS);
    }
    println!("not whole: {} faults; compare with a backup from before", report.fault_count);
    Ok(ExitCode::FAILURE)
}

/// Forgets each day whose time is over, checks the audit, and overwrites what was forgotten.
async fn keep_clean(shop: &Shop, last: &mut Option<Instant>) {
    if last.is_some_and(|last| last.elapsed() < DAY) {
        return;
    }
    note_audit(shop).await;
    let are_counts_forgotten = shop.forget_counts().await.inspect_err(|error| {
        tracing::warn!(%error, "old daily sums are not forgotten yet; it is tried again in ten minutes")
    });
    match shop.retain().await {
        Ok(retained) => {
            *last = are_counts_forgotten.is_ok().then(Instant::now);
            if retained.orders > 0 || retained.is_scrubbed {
                let Retained { orders, is_scrubbed } = retained;
                tracing::info!(orders, is_scrubbed, "forgot whose time is over");
            }
        }
        Err(error) => {
            tracing::warn!(%error, "whose time is over is not forgotten yet; it is tried again in ten minutes")
        }
    }
}

async fn forget_designs(shop: &Shop) {
    match shop.forget_designs().await {
        Ok(0) => {}
        Ok(designs) => tracing::info!(designs, "forgot saved designs whose time was over"),
        Err(error) => {
            tracing::warn!(%error, "old designs are not forgotten yet; it is tried again in ten minutes")
        }
    }
}

async fn look_after_experiments(shop: &Shop) {
    match shop.look_after_experiments().await {
        Ok((0, 0)) => {}
        Ok((ended, closed)) => tracing::info!(ended, closed, "ended or closed experiments"),
        Err(error) => {
            tracing::warn!(%error, "experiments are not looked after; it is tried again in ten minutes")
        }
    }
}

async fn prepare(shop: &Shop) {
    match shop.prepare_all().await {
        Ok(0) => {}
        Ok(revisions) => tracing::info!(revisions, "prepared what this release had not made yet"),
        Err(error) => {
            tracing::error!(%error, "not every product is prepared; it is tried again in ten minutes")
        }
    }
}

async fn say_what_differs(shop: &Shop, catalogs: &Path) {
    let differing = match shop.differing_folders(catalogs).await {
        Ok(differing) => differing,
        // A catalogue that is not there was reported already.
        Err(ShopError::Catalogue { .. }) => return,
        Err(error) => return tracing::error!(%error, "folders can't be compared with what is served"),
    };
    for Differing { folder, live, is_readable } in differing {
        let folder = folder.display();
        if is_readable {
            tracing::info!(
                "{folder} differs from revision {live}, which is served; `atelier load {folder}` takes it as a draft"
            );
        } else {
            tracing::warn!(
                "{folder} can't be read, and revision {live} is served; `atelier check {folder}` says why"
            );
        }
    }
}
