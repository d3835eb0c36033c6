//! The server. All test processes of a user share it: each holds a shared lock for as long as it runs, however it ends; a
//! guard waits until nobody holds one for a while, then stops the server and removes its files.

use std::fs::{File, OpenOptions};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;

use crate::programs::{give, postgres, script, user};

/// Starts the server, says so, and ends it. $1 its folder, $2 its programs, $3 the lock of who uses it.
const GUARD: &str = r#"
    mkdir "$1" && chmod 755 "$1" || exit 1
    {
        "$2/initdb" -D "$1/data" --username=postgres --auth=trust --locale=C.UTF-8 --encoding=UTF8 --no-sync &&
        "$2/pg_ctl" -D "$1/data" -w -o "-k $1 -c listen_addresses= -c fsync=off -c full_page_writes=off \
            -c max_connections=300 -c shared_buffers=64MB -c wal_level=minimal -c max_wal_senders=0" start
    } >"$1/log" 2>&1 </dev/null || { cat "$1/log" >&2; rm -rf "$1"; exit 1; }
    touch "$1/ready"
    echo ready
    exec >/dev/null 2>&1
    while :; do
        flock -x "$3" true
        sleep 3
        flock -n -x "$3" sh -c 'rm "$1/ready"; "$2/pg_ctl" -D "$1/data" -m immediate stop; rm -rf "$1"' end "$1" "$2" && exit
    done
"#;

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Cluster {
    folder: PathBuf,
    /// Who starts the server, or changes what all share, does so alone.
    starting: PathBuf,
    /// Held for as long as this process runs.
    _using: File,
}

impl Cluster {
    /// The server of these tests, started where none runs.
    pub(crate) fn get() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(|| {
            Self::join_or_start(&std::env::temp_dir().join(format!("atelier-postgres-{}", user())))
        })
    }

    fn join_or_start(base: &Path) -> Self {
        std::fs::create_dir_all(base).unwrap();
        give(base);
        let (using, starting) = (base.join("using"), base.join("starting"));
        let lock = lock_file(&using);
        // Where the guard is just removing a server, this waits until that is done.
        lock.lock_shared().unwrap();
        let cluster = Self { folder: base.join("server"), starting, _using: lock };
        let _alone = cluster.alone();
        if !cluster.answers() {
            cluster.start(&using);
        }
        cluster
    }

    /// Whether the server runs. Files alone don't say so: they outlive one that was killed, and are copied with a machine.
    fn answers(&self) -> bool {
        self.folder.join("ready").exists() && UnixStream::connect(self.folder.join(".s.PGSQL.5432")).is_ok()
    }

    #[expect(clippy::zombie_processes, reason = "the guard ends after the tests")]
    fn start(&self, using: &Path) {
        // Of one whose guard was killed.
        let _ = std::fs::remove_dir_all(&self.folder);
        let mut guard = script(GUARD);
        guard.arg(&self.folder).arg(postgres()).arg(using);
        let errors = tempfile::tempfile().unwrap();
        guard.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors.try_clone().unwrap());
        let mut guard = guard.spawn().unwrap();
        let mut said = String::new();
        let mut answer = std::io::BufReader::new(guard.stdout.take().unwrap());
        std::io::BufRead::read_line(&mut answer, &mut said).unwrap();
        if said.trim() != "ready" {
            let mut report = String::new();
            let mut errors = errors;
            std::io::Seek::rewind(&mut errors).unwrap();
            std::io::Read::read_to_string(&mut errors, &mut report).unwrap();
            panic!("PostgreSQL did not start: {report}");
        }
    }

    /// Keeps other processes and threads from starting or changing what all share.
    pub(crate) fn alone(&self) -> File {
        let lock = lock_file(&self.starting);
        lock.lock().unwrap();
        lock
    }

    /// The folder of its socket.
    pub(crate) fn socket(&self) -> &Path {
        &self.folder
    }
}

fn lock_file(path: &Path) -> File {
    let file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    give(path);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_of_which_only_files_are_left_is_started_anew() {
        let base = tempfile::Builder::new().prefix("atelier-postgres-").tempdir().unwrap().keep();
        let left = base.join("server");
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join("ready"), "").unwrap();
        give(&left);
        let started = Cluster::join_or_start(&base);
        assert!(started.answers());
        assert!(Cluster::join_or_start(&base).answers(), "a second finds the first's");
        assert!(left.join("data").is_dir());
    }
}
