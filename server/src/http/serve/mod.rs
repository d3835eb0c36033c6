//! How connections are taken, watched and ended: nobody holds one without using it, and stopping has an end.

mod open;
mod phase;
mod surplus;
mod unreadable;
mod watched;

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use prometheus_client::metrics::gauge::Gauge;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

use self::open::{Open, Place};
use self::phase::Patience;
use self::surplus::Surplus;
use self::unreadable::Unreadable;
use self::watched::{AnswerBody, RequestBody, WatchedStream};
use crate::settings::Connections;

/// How long no connection is taken after the operating system refused one, for want of file handles as a rule.
const AFTER_REFUSAL: Duration = Duration::from_millis(200);
/// What the end of all connections may take beyond their deadline.
const MARGIN: Duration = Duration::from_millis(500);

/// Most file handles that so many connections take, with those that are only told to come again.
#[must_use]
pub fn handles_of(connections: u32) -> u64 {
    u64::from(connections) + u64::from(surplus::most(connections))
}

/// What answers requests.
#[derive(Clone, Debug)]
pub struct Answering {
    /// All of them.
    pub router: Router,
    /// Those of connections that find no place while all others are being answered.
    pub surplus: Router,
    /// What is said to a head that can't be read, whose status is among the request's extensions.
    pub unreadable: Router,
}

/// Serves until `stop` is cancelled, and then until what was accepted is answered, at most for
/// [`Connections::stop_timeout`]. Connections that wait or whose requests are half sent are closed then. `count` tells how many
/// are open.
pub async fn serve(
    listener: TcpListener,
    answering: Answering,
    settings: Connections,
    count: Gauge,
    stop: CancellationToken,
) {
    let patience = Patience {
        head: settings.head_timeout.into(),
        body: settings.body_timeout.into(),
        idle: settings.idle_timeout.into(),
        write: settings.write_timeout.into(),
        stop: settings.stop_timeout.into(),
    };
    let Answering { router, surplus, unreadable } = answering;
    let unreadable = Arc::new(Unreadable::asked_of(&unreadable).await);
    let open = Open::new(settings.most_connections, count);
    let surplus = Surplus::new(settings.most_connections, surplus, Arc::clone(&unreadable));
    let taken = Taken { router, unreadable, patience, stop: stop.clone() };
    let connections = TaskTracker::new();
    let take = async {
        for number in 0_u64.. {
            let (stream, peer) = accept(&listener).await;
            let taken = taken.clone();
            if let Some(place) = open.place(number).await {
                connections.spawn(taken.answer(stream, peer, place));
                continue;
            }
            // Whichever there is first. Meanwhile further connections wait with the operating system.
            tokio::select! {
                place = open.next_place(number) => {
                    connections.spawn(taken.answer(stream, peer, place));
                }
                refusal = surplus.place() => {
                    let open = open.clone();
                    connections.spawn(async move {
                        let Some(place) = open.place_soon(number).await else {
                            return refusal.answer(stream, peer).await;
                        };
                        drop(refusal);
                        taken.answer(stream, peer, place).await;
                    });
                }
            }
        }
    };
    tokio::select! {
        () = take => {}
        () = stop.cancelled() => {}
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(patience.stop + MARGIN, connections.wait()).await.is_err() {
        tracing::warn!(connections = connections.len(), "left requests without an answer");
    }
}

/// The next connection, which sends every answer at once. With Nagle's algorithm the last packet of an answer waits for the
/// browser's acknowledgement of the one before, which on a kept connection comes about 40 ms later.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::warn!(%error, "a connection answers with a delay");
                }
                return (stream, peer);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection can't be taken");
                tokio::time::sleep(AFTER_REFUSAL).await;
            }
        }
    }
}

/// How requests are read, on all connections. How long a head may take is watched here.
fn reading() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.header_read_timeout(None);
    builder
}

/// What every connection that has a place is answered with.
#[derive(Clone)]
struct Taken {
    router: Router,
    unreadable: Arc<Unreadable>,
    patience: Patience,
    stop: CancellationToken,
}

impl Taken {
    /// Answers what one connection asks until it ends, its patience ends, or its place is needed.
    async fn answer(self, stream: TcpStream, peer: SocketAddr, place: Place) {
        let Self { router, unreadable, patience, stop } = self;
        let watch = Arc::clone(&place.watch);
        let service = service_fn({
            let watch = Arc::clone(&watch);
            move |request: Request<Incoming>| {
                watch.begun(!request.body().is_end_stream());
                let body = |body| Body::new(RequestBody { body, watch: Arc::clone(&watch) });
                let mut request = request.map(body);
                request.extensions_mut().insert(ConnectInfo(peer));
                let (mut router, watch) = (router.clone(), Arc::clone(&watch));
                async move {
                    let response = router.call(request).await?;
                    Ok::<_, Infallible>(response.map(|body| AnswerBody { body, watch }))
                }
            }
        });
        let stream = TokioIo::new(WatchedStream::new(stream, Arc::clone(&watch), unreadable));
        let mut connection = pin!(reading().serve_connection(stream, service));
        let (mut closed, mut stopped) = (pin!(watch.close.cancelled()), pin!(stop.cancelled()));
        let mut sleep = pin!(tokio::time::sleep(patience.idle));
        let (mut is_ending, mut stopping) = (false, None);
        poll_fn(|context| {
            // First of all, so that what has come already is seen before the connection is judged.
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            if stopping.is_none() && stopped.as_mut().poll(context).is_ready() {
                stopping = Some(Instant::now());
            }
            if !is_ending && (stopping.is_some() || closed.as_mut().poll(context).is_ready()) {
                let can_go = if stopping.is_some() { watch.is_waiting() } else { !watch.is_busy() };
                if can_go {
                    return Poll::Ready(());
                }
                is_ending = true;
                connection.as_mut().graceful_shutdown();
            }
            while let Some(deadline) = watch.deadline(&patience, stopping) {
                if deadline < sleep.deadline() || sleep.is_elapsed() {
                    sleep.as_mut().reset(deadline);
                }
                if sleep.as_mut().poll(context).is_pending() {
                    break;
                }
                if deadline <= Instant::now() {
                    return Poll::Ready(());
                }
            }
            Poll::Pending
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn connections_do_not_wait_for_acknowledgements() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let client = tokio::spawn(TcpStream::connect(address));
        let (stream, peer) = accept(&listener).await;
        assert!(stream.nodelay().unwrap());
        assert_eq!(client.await.unwrap().unwrap().local_addr().unwrap(), peer);
    }
}
