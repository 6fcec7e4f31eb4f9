//! The front page of the dashboard: what asks for a hand today.

use super::Member;
use crate::Shop;
use crate::counts::DayOfCounts;
use crate::invoice::bill;
use crate::ports::{OrderQuery, OrderSummary, ProviderHealth, StateCount, Task};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::catalog::{Availability, Picture, Product, Status};
use shop_core::id::ProductId;
use shop_core::order::Order;
use shop_core::payment::{Bill, Method};
use shop_core::privacy::deadline::Light;

/// Rows of one kind at most; the lists have pages for the rest.
const ROWS: u32 = 100;
/// Sizes that are almost gone, at most.
const LOW_ROWS: usize = 12;
/// Open invoices, at most; each is read by itself.
const MOST_INVOICES: usize = 50;
/// Days whose visits are shown.
const DAYS: i64 = 14;

/// A size that is gone or almost gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowStock {
    /// Which article.
    pub product: ProductId,
    /// Its title.
    pub title: String,
    /// Which size.
    pub size: String,
    /// Pieces that may still be promised.
    pub available: u32,
    /// Its first photo.
    pub picture: Option<Picture>,
}

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// How many orders are in each state.
    pub counts: Vec<StateCount>,
    /// Paid and to be packed, oldest first.
    pub to_pack: Vec<OrderSummary>,
    /// Waiting for a transfer, oldest first.
    pub transfers: Vec<OrderSummary>,
    /// What is open on invoices of our own, oldest first.
    pub invoices: Vec<(Order, Bill)>,
    /// Payments that need a person.
    pub tasks: Vec<Task>,
    /// How the payment providers are.
    pub providers: Vec<ProviderHealth>,
    /// Jobs that were given up.
    pub failed_jobs: usize,
    /// Questions that wait for an answer.
    pub questions: u32,
    /// Requests about personal data whose last day is two weeks away or less.
    pub pressing_requests: usize,
    /// Sizes of articles in the shop that are gone or almost gone, fewest first.
    pub low: Vec<LowStock>,
    /// How many of those there are in all.
    pub low_in_all: usize,
    /// The newest orders.
    pub latest: Vec<OrderSummary>,
    /// How often pages were opened on the last days, today first.
    pub visits: Vec<DayOfCounts>,
}

impl Shop {
    /// The front page.
    pub async fn overview(&self, _: &Member) -> Result<Overview, ShopError> {
        let list = |state: Option<&str>, per_page| OrderQuery {
            state: state.map(str::to_owned),
            page: 1,
            per_page,
            ..OrderQuery::default()
        };
        let mut tx = self.store.read().await.trouble()?;
        let counts = tx.order_counts().await.trouble()?;
        let (mut to_pack, _) = tx.orders(&list(Some("paid"), ROWS)).await.trouble()?;
        to_pack.reverse();
        let (mut transfers, _) = tx.orders(&list(Some("awaiting_payment"), ROWS)).await.trouble()?;
        transfers.retain(|order| order.method == Method::BankTransfer);
        transfers.reverse();
        let mut invoices = Vec::new();
        for claim in tx.claims(None).await.trouble()?.into_iter().take(MOST_INVOICES) {
            let order = tx.order(claim.order).await.trouble()?.ok_or(ShopError::NotFound)?;
            let happenings = tx.happenings(order.id).await.trouble()?;
            let bill = bill(&order, claim.amount, &happenings);
            invoices.extend(bill.filter(|_| order.method == Method::Invoice).map(|bill| (order, bill)));
        }
        let (latest, _) = tx.orders(&list(None, 6)).await.trouble()?;
        let tasks = tx.tasks().await.trouble()?;
        let providers = self.providers_in_use(tx.health().await.trouble()?);
        let failed_jobs = tx.dead_jobs().await.trouble()?.len();
        let questions = tx.open_questions().await.trouble()?;
        let today = self.clock.day(self.clock.now());
        let requests = tx.requests(true, ROWS).await.trouble()?;
        let pressing = requests.iter().filter(|request| request.deadline().light(today) != Light::Green);
        let pressing_requests = pressing.count();
        let mut low = low_stock(&tx.products().await.trouble()?);
        let low_in_all = low.len();
        low.truncate(LOW_ROWS);
        drop(tx);
        let visits = self.last_days(DAYS).await?;
        Ok(Overview {
            counts,
            to_pack,
            transfers,
            invoices,
            tasks,
            providers,
            failed_jobs,
            questions,
            pressing_requests,
            low,
            low_in_all,
            latest,
            visits,
        })
    }
}

fn low_stock(products: &[Product]) -> Vec<LowStock> {
    let in_shop = products.iter().filter(|product| product.status == Status::Active);
    let mut low: Vec<LowStock> = in_shop
        .flat_map(|product| {
            let little = product.variants.iter().filter(|variant| variant.available <= Availability::LITTLE);
            little.map(|variant| LowStock {
                product: product.id,
                title: product.title.clone(),
                size: variant.size.as_str().to_owned(),
                available: variant.available,
                picture: product.pictures.first().cloned(),
            })
        })
        .collect();
    low.sort_by_key(|row| row.available);
    low
}
