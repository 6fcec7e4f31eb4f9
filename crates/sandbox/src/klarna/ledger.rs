//! Klarna's books: sessions, pages, orders, and the answers to calls that carried an idempotency key. In memory, and in a
//! file when asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::order::Order;
use super::problem::Problem;
use super::session::{Page, Session};

/// An answer that can be given again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

impl Reply {
    pub fn ok(body: Value) -> Self {
        Self { status: 200, headers: Vec::new(), body: Some(body) }
    }

    pub fn done() -> Self {
        Self { status: 204, headers: Vec::new(), body: None }
    }

    pub fn created(headers: Vec<(String, String)>) -> Self {
        Self { status: 201, headers, body: None }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut answer = match self.body {
            Some(body) => Json(body).into_response(),
            None => Response::default(),
        };
        *answer.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                answer.headers_mut().insert(name, value);
            }
        }
        answer
    }
}

/// All that must survive a restart.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Ledger {
    pub sessions: Vec<Session>,
    pub pages: Vec<Page>,
    pub orders: Vec<Order>,
    pub replies: BTreeMap<Uuid, Reply>,
}

impl Ledger {
    pub fn session(&self, id: Uuid) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    pub fn session_mut(&mut self, id: Uuid) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// By the id of the page or of its payment session, or else the newest with this number of the shop.
    pub fn page_position(&self, reference: &str) -> Option<usize> {
        match Uuid::parse_str(reference) {
            Ok(id) => self.pages.iter().rposition(|page| page.session_id == id || page.payment_session_id == id),
            Err(_) => self.pages.iter().rposition(|page| page.merchant_reference == reference),
        }
    }

    pub fn page(&self, reference: &str) -> Option<&Page> {
        self.page_position(reference).and_then(|index| self.pages.get(index))
    }

    /// By Klarna's id, or else the newest with this number of the shop.
    pub fn order_position(&self, reference: &str) -> Option<usize> {
        match Uuid::parse_str(reference) {
            Ok(id) => self.orders.iter().rposition(|order| order.order_id == id),
            Err(_) => self.orders.iter().rposition(|order| order.merchant_reference() == reference),
        }
    }

    pub fn order_mut(&mut self, id: Uuid) -> Result<&mut Order, Problem> {
        let unknown = Problem::NotFound("NO_SUCH_ORDER", "there is no such order");
        self.orders.iter_mut().find(|order| order.order_id == id).ok_or(unknown)
    }
}

/// The ledger behind its lock and, when asked, its file.
pub(super) struct Books {
    ledger: Mutex<Ledger>,
    file: Option<PathBuf>,
}

impl Books {
    /// Reads the file when there is one; begins empty otherwise.
    pub fn open(file: Option<PathBuf>) -> anyhow::Result<Self> {
        let ledger = match &file {
            Some(path) if path.exists() => {
                let json = std::fs::read(path).with_context(|| format!("read {}", path.display()))?;
                serde_json::from_slice(&json).with_context(|| format!("understand {}", path.display()))?
            }
            _ => Ledger::default(),
        };
        Ok(Self { ledger: Mutex::new(ledger), file })
    }

    pub fn read<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the ledger and writes it before anybody else may look, so that what was answered is also kept.
    pub fn change<T>(&self, act: impl FnOnce(&mut Ledger) -> T) -> T {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut ledger);
        if let Some(path) = &self.file
            && let Err(error) = write(path, &ledger)
        {
            tracing::error!(%error, "sandbox could not keep the state of Klarna");
        }
        result
    }
}

/// Writes beside the file and renames, so that a kill leaves either the old or the new state.
fn write(path: &Path, ledger: &Ledger) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, serde_json::to_vec(ledger)?)?;
    std::fs::rename(&beside, path)
}
