//! Bank statements: the file is read here and forgotten; what is kept of it has no payer in it.

use super::desk::Desk;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::response::Response;
use http::StatusCode;
use shop_app::manage::{bank as page, words};
use shop_flows::bank::BankBooking;
use shop_statement::{Booking, LARGEST};

/// What a file may weigh on its way here: itself, and the lines of the form around it.
pub(super) const LARGEST_FORM: usize = LARGEST + 64 * 1024;

pub(super) async fn show(desk: Desk) -> Response {
    desk.show(|frame| page::page(frame, None)).await
}

pub(super) async fn read(desk: Desk, form: Multipart) -> Response {
    let bytes = match file_in(form).await {
        Ok(bytes) => bytes,
        Err(error) => return refused(desk, error).await,
    };
    let statements = match shop_statement::read(&bytes) {
        Ok(statements) => statements,
        Err(error) => return refused(desk, error.to_string()).await,
    };
    // A statement of another account could pay orders with money that the shop never had.
    let ours: String = desk.shop().settings.bank.iban.split_whitespace().collect();
    if !statements.iter().all(|statement| statement.account.as_str().starts_with(&ours)) {
        let why = "Dit afschrift is van een andere rekening dan die van de winkel. Er is niets overgenomen.";
        return refused(desk, why.to_owned()).await;
    }
    let bookings: Vec<BankBooking> =
        statements.into_iter().flat_map(|statement| statement.bookings).map(handed_over).collect();
    match desk.shop().read_bookings(&desk.member, &bookings).await {
        Ok(report) => desk.show(move |frame| page::page(frame, Some(Ok(report)))).await,
        Err(error) => refused(desk, words::trouble(&error)).await,
    }
}

async fn refused(desk: Desk, why: String) -> Response {
    desk.show_as(StatusCode::UNPROCESSABLE_ENTITY, move |frame| page::page(frame, Some(Err(why)))).await
}

/// The file of the form; what is wrong with it as a sentence.
async fn file_in(mut form: Multipart) -> Result<Vec<u8>, String> {
    let broken = |error: MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            "Dit bestand is te groot. Kies bij je bank een kortere periode.".to_owned()
        } else {
            "Het bestand kwam niet heel aan. Probeer het nog eens.".to_owned()
        }
    };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() == Some("afschrift") {
            return field.bytes().await.map(|bytes| bytes.to_vec()).map_err(broken);
        }
    }
    Err("Kies eerst een bestand.".to_owned())
}

fn handed_over(booking: Booking) -> BankBooking {
    BankBooking {
        id: booking.id.to_string(),
        day: booking.day,
        amount: booking.amount,
        returned: booking.returned,
        reference: booking.reference,
        text: booking.text.as_str().to_owned(),
        payer: booking.payer.as_str().to_owned(),
    }
}
