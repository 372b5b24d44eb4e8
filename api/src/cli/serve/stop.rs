//! When to stop.

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// Becomes true on SIGTERM or SIGINT. A second signal ends the process at once.
///
/// # Errors
/// If the process may not handle signals.
pub(super) fn on_signal() -> std::io::Result<watch::Receiver<bool>> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (say, stop) = watch::channel(false);
    tokio::spawn(async move {
        for times in 1.. {
            tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
            if times == 2 {
                tracing::warn!("told to stop twice; leaving work unfinished");
                std::process::exit(1);
            }
            tracing::info!("told to stop; finishing what is under way");
            say.send_replace(true);
        }
    });
    Ok(stop)
}
