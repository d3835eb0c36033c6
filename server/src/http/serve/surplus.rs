//! Connections that find no place while all others are being answered: they are told so at once, instead of waiting for nobody
//! knows how long.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

use super::phase::Watch;
use super::unreadable::Unreadable;
use super::watched::WatchedStream;

/// Most of them at once, however many connections may be open.
const MOST: u32 = 128;
/// How long one may take, from its beginning to its end.
const LONGEST: Duration = Duration::from_secs(2);
/// How long one is waited for that sends nothing.
const SILENT: Duration = Duration::from_millis(200);
/// Most bytes of a body that are taken before the answer: closed with some of them unread, a connection is reset, and the
/// client may never see the answer.
const LARGEST: usize = 256 * 1024;

/// How many of them there may be at once where so many connections may be open; further ones wait with the operating system.
pub(super) fn most(connections: u32) -> u32 {
    (connections / 8).clamp(1, MOST)
}

/// Room for connections without a place.
pub(super) struct Surplus {
    room: Arc<Semaphore>,
    router: Router,
    unreadable: Arc<Unreadable>,
}

/// One of them.
pub(super) struct Refusal {
    router: Router,
    unreadable: Arc<Unreadable>,
    _room: OwnedSemaphorePermit,
}

impl Surplus {
    /// Beside so many connections; what this answers is all that they are told.
    pub(super) fn new(connections: u32, router: Router, unreadable: Arc<Unreadable>) -> Self {
        Self { room: Arc::new(Semaphore::new(most(connections) as usize)), router, unreadable }
    }

    /// Room for one more, once there is some.
    pub(super) async fn place(&self) -> Refusal {
        let room = loop {
            // It is never closed.
            if let Ok(room) = Arc::clone(&self.room).acquire_owned().await {
                break room;
            }
        };
        Refusal { router: self.router.clone(), unreadable: Arc::clone(&self.unreadable), _room: room }
    }
}

impl Refusal {
    /// Answers one request, if one comes, and closes the connection.
    pub(super) async fn answer(self, stream: TcpStream, peer: SocketAddr) {
        let Self { router, unreadable, _room } = self;
        if tokio::time::timeout(SILENT, stream.peek(&mut [0])).await.is_err() {
            return;
        }
        let watch = Arc::new(Watch::new());
        let stream = TokioIo::new(WatchedStream::new(stream, Arc::clone(&watch), unreadable));
        let service = service_fn(move |request: Request<Incoming>| {
            watch.begun(false);
            let mut router = router.clone();
            async move {
                let (head, body) = request.into_parts();
                // Whatever it is, nobody reads it.
                let _ = axum::body::to_bytes(Body::new(body), LARGEST).await;
                let mut request = Request::from_parts(head, Body::empty());
                request.extensions_mut().insert(ConnectInfo(peer));
                router.call(request).await
            }
        });
        let served = super::reading().keep_alive(false).serve_connection(stream, service);
        // Who takes longer has no answer, and neither who went away.
        let _ = tokio::time::timeout(LONGEST, served).await;
    }
}
