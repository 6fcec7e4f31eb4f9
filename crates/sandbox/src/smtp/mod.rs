//! A mail server that accepts everything and delivers nothing but to the [`Mailbox`]: RFC 5321 without TLS or passwords.

mod session;

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::{Faults, Mailbox, told_to_stop};
use session::{MAX_MESSAGE, Session, Step};

/// A client that says nothing for this long is gone.
const SILENCE: Duration = Duration::from_secs(300);
/// Longest line we read; RFC 5321 allows 1000, real clients send a little more.
const MAX_LINE: u64 = 65_536;
/// How long to wait after the system refused a connection, so that the log does not fill.
const AFTER_A_REFUSAL: Duration = Duration::from_millis(100);

/// Serves until the sandbox stops.
pub(crate) async fn serve(listener: TcpListener, mailbox: Mailbox, faults: Faults, stopped: watch::Receiver<bool>) {
    loop {
        let accepted = tokio::select! {
            () = told_to_stop(stopped.clone()) => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let (mailbox, faults, stopped) = (mailbox.clone(), faults.clone(), stopped.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        () = told_to_stop(stopped) => {}
                        ended = talk(stream, mailbox, faults) => {
                            if let Err(error) = ended {
                                tracing::debug!(%error, "mail connection ended");
                            }
                        }
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "mail connection refused");
                tokio::time::sleep(AFTER_A_REFUSAL).await;
            }
        }
    }
}

async fn talk(stream: TcpStream, mailbox: Mailbox, faults: Faults) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut session = Session::new(faults);
    stream.write_all(b"220 sandbox ESMTP ready\r\n").await?;
    while let Some(line) = read_line(&mut stream).await? {
        match session.command(&String::from_utf8_lossy(&line)) {
            Step::Reply(reply) => stream.write_all(reply.as_bytes()).await?,
            Step::Quit(reply) => {
                stream.write_all(reply.as_bytes()).await?;
                return stream.flush().await;
            }
            Step::Data(reply) => {
                stream.write_all(reply.as_bytes()).await?;
                let Some(message) = read_message(&mut stream).await? else {
                    return Ok(());
                };
                let (reply, mail) = session.message(message);
                if let Some((envelope, raw)) = mail {
                    mailbox.deliver(&envelope.from, &envelope.to, raw);
                }
                stream.write_all(reply.as_bytes()).await?;
            }
        }
    }
    Ok(())
}

/// One line without its end; `None` when the client has gone.
async fn read_line(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut limited = stream.take(MAX_LINE);
    let read =
        timeout(SILENCE, limited.read_until(b'\n', &mut line)).await.map_err(|_| std::io::ErrorKind::TimedOut)?;
    if read? == 0 {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "a line without an end"));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(line))
}

/// The message up to the lone dot, with stuffed dots taken out. `Some(None)` when it is too large: it is read to its
/// end all the same, so that the conversation can go on. `None` when the client has gone.
async fn read_message(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Option<Vec<u8>>>> {
    let mut message = Vec::new();
    let mut too_large = false;
    while let Some(line) = read_line(stream).await? {
        if line == b"." {
            return Ok(Some((!too_large).then_some(message)));
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        if message.len() + line.len() + 2 > MAX_MESSAGE {
            too_large = true;
            message.clear();
        }
        if !too_large {
            message.extend_from_slice(line);
            message.extend_from_slice(b"\r\n");
        }
    }
    Ok(None)
}
