//! Paying in advance by bank transfer: a provider without a network. The owner books what arrived on the account; the
//! QR code carries what a banking app needs.

use async_trait::async_trait;
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};
use shop_core::order::Order;
use shop_core::payment::{Attempt, Method};
use shop_core::privacy::Disclosed;
use shop_core::time::Day;
use shop_flows::ports::{
    Answer, Booked, Deed, Held, Notice, NoticeError, PaymentError, PaymentProvider, Pulled, RawNotice, RefundStanding,
    Refunded, Started, Transfer, Wish,
};
use std::fmt::Write;

/// The largest QR code that EPC069-12 allows: version 13, which holds 331 bytes at level M.
const LARGEST: i16 = 13;
/// Light modules around the code that a scanner needs (ISO 18004).
const QUIET: usize = 4;

/// Bank transfer. Nobody is called; whether it was paid only the owner can tell.
#[derive(Debug, Clone, Copy, Default)]
pub struct BankTransfer;

#[async_trait]
impl PaymentProvider for BankTransfer {
    fn name(&self) -> &'static str {
        "bank_transfer"
    }

    fn methods(&self) -> &[Method] {
        &[Method::BankTransfer]
    }

    fn discloses(&self, _: &Wish<'_>) -> Option<Disclosed> {
        None
    }

    fn discloses_transfer(&self, _: Deed, _: &Transfer<'_>) -> Option<Disclosed> {
        None
    }

    async fn start(&self, _: &Wish<'_>) -> Result<Started, PaymentError> {
        Ok(Started { provider_id: None, pay_url: None })
    }

    async fn status(&self, _: &Attempt, _: &Order) -> Result<Option<Answer>, PaymentError> {
        Ok(None)
    }

    async fn read_notice(&self, _: RawNotice<'_>) -> Result<Notice, NoticeError> {
        Err(NoticeError::Malformed)
    }

    async fn pull(&self, _: &str) -> Result<Pulled, PaymentError> {
        Ok(Pulled { answers: Vec::new(), more: false })
    }

    fn read_return(&self, _: &[(String, String)]) -> Option<String> {
        None
    }

    async fn capture(&self, _: &Transfer<'_>) -> Result<String, PaymentError> {
        Err(by_hand())
    }

    async fn release(&self, _: &str, _: &str) -> Result<(), PaymentError> {
        Ok(())
    }

    async fn refund(&self, _: &Transfer<'_>) -> Result<Refunded, PaymentError> {
        Err(by_hand())
    }

    async fn refund_standing(&self, _: &str, _: &str) -> Result<RefundStanding, PaymentError> {
        Err(by_hand())
    }

    async fn day(&self, _: Day) -> Result<Option<Vec<Booked>>, PaymentError> {
        Ok(None)
    }

    async fn held(&self, _: &Attempt, _: Option<&str>) -> Result<Option<Held>, PaymentError> {
        Ok(None)
    }

    async fn extend(&self, _: &str, _: &str) -> Result<(), PaymentError> {
        Err(by_hand())
    }

    async fn let_in(&self) -> Result<(), PaymentError> {
        Ok(())
    }
}

fn by_hand() -> PaymentError {
    PaymentError::Declined("a transfer is paid back by hand, from the account of the shop".to_owned())
}

/// The QR code of an EPC text (see [`shop_core::payment::epc_text`]) as an SVG element for a page: byte mode, error
/// correction level M, dark on white in every colour scheme. Empty when the text does not fit in the 331 bytes of the
/// standard; the same data stands beside it as text anyway.
pub fn epc_svg(text: &str) -> String {
    let Some(code) = (1..=LARGEST).find_map(|version| encode(text, version)) else {
        return String::new();
    };
    let side = code.width() + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" aria-label="QR-code voor je overschrijving" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    )
}

fn encode(text: &str, version: i16) -> Option<QrCode> {
    let mut bits = Bits::new(Version::Normal(version));
    bits.push_byte_data(text.as_bytes()).ok()?;
    bits.push_terminator(EcLevel::M).ok()?;
    QrCode::with_bits(bits, EcLevel::M).ok()
}
