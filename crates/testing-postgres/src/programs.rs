//! Finding PostgreSQL's programs, and running them as somebody who may: they refuse the administrator of the machine.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The user `nobody` and its group.
const NOBODY: u32 = 65_534;

/// The folder with PostgreSQL's programs.
pub(crate) fn postgres() -> PathBuf {
    let mut folders: Vec<PathBuf> = path();
    let mut releases: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    releases.sort_by_key(|(release, _)| std::cmp::Reverse(*release));
    folders.extend(releases.into_iter().map(|(_, folder)| folder));
    folders.extend(["/usr/local/bin", "/usr/local/pgsql/bin"].map(PathBuf::from));
    let is_complete =
        |folder: &PathBuf| ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).is_file());
    folders.into_iter().find(is_complete).unwrap_or_else(|| {
        panic!("these tests need PostgreSQL: run `scripts/setup.sh test`, or install Debian's `postgresql`")
    })
}

/// The program PgBouncer.
pub(crate) fn pgbouncer() -> PathBuf {
    let folders = path().into_iter().chain(["/usr/sbin", "/usr/bin", "/usr/local/bin"].map(PathBuf::from));
    folders.map(|folder| folder.join("pgbouncer")).find(|file| file.is_file()).unwrap_or_else(|| {
        panic!("this test needs PgBouncer: run `scripts/setup.sh test`, or install Debian's `pgbouncer`")
    })
}

fn path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// Whether this is the administrator of the machine.
fn is_root() -> bool {
    user() == 0
}

/// Who runs this.
pub(crate) fn user() -> u32 {
    std::fs::metadata("/proc/self").unwrap().uid()
}

/// A shell script, run by somebody whom PostgreSQL does not refuse, out of reach of what the terminal sends to the tests.
pub(crate) fn script(text: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(text).arg("guard").process_group(0).env("LC_ALL", "C").current_dir("/");
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Gives a file or folder to who runs scripts.
pub(crate) fn give(path: &Path) {
    if is_root() {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}
