//! The command `atelier load`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use shop::{Shop, Update, Updated};

use super::counted;

/// What is to be loaded, and how.
#[derive(clap::Args)]
pub struct Load {
    /// A product's folder, such as catalogs/trainer, or a folder of such folders.
    folder: PathBuf,
    /// Publish what differs from what is served: shoppers see it at once.
    #[arg(long)]
    publish: bool,
    /// Replace drafts that others began.
    #[arg(long)]
    replace_drafts: bool,
}

/// Loads, and says of every folder what became of it. It fails when one could not be taken.
pub async fn run(shop: &Shop, load: &Load) -> anyhow::Result<ExitCode> {
    let update = Update { publish: load.publish, replace_drafts: load.replace_drafts };
    let mut refused = 0;
    for folder in shop::folders_at(&load.folder)? {
        let updated = shop.update_from(&folder, update).await?;
        refused += usize::from(matches!(updated, Updated::Broken(_) | Updated::DraftInTheWay { .. }));
        for line in report(&folder, &updated) {
            println!("{line}");
        }
    }
    if refused > 0 {
        eprintln!("{} not taken", counted(refused, "folder"));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn report(folder: &Path, updated: &Updated) -> Vec<String> {
    let line = |text: String| format!("{}: {text}", folder.display());
    match updated {
        Updated::Added => vec![line("a new product; shoppers see it from now on".to_owned())],
        Updated::Unchanged(live) => vec![line(format!("as revision {live}, which is served"))],
        Updated::Draft(problems) if problems.is_empty() => {
            vec![line("saved as a draft; publish it in the admin, or load it with --publish".to_owned())]
        }
        Updated::Draft(problems) => {
            let many = counted(problems.len(), "problem");
            let mut lines = problems.clone();
            lines.push(line(format!("saved as a draft, with {many} to mend before it can be published")));
            lines
        }
        Updated::Published(number) => {
            vec![line(format!("published as revision {number}; shoppers see it from now on"))]
        }
        Updated::DraftInTheWay { by } => vec![line(format!(
            "not taken: {by} has a draft of it; publish or discard that in the admin, or load with --replace-drafts"
        ))],
        Updated::Broken(problems) => {
            let mut lines = problems.clone();
            lines.push(line(format!("not taken: it has {}", counted(problems.len(), "problem"))));
            lines
        }
    }
}
