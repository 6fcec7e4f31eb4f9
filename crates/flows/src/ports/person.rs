//! All that is held of one person, whatever table it is in, and taking it away. What is shown and what is not follows the classification of
//! the columns: who adds one decides there, and a table of which nobody said whose rows are whose fails.

use super::StoreError;
use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_core::id::{CartId, CustomerId};
use shop_core::order::{Order, OrderNumber};
use shop_core::privacy::{Category, Purpose, Retention};
use shop_core::time::Timestamp;

/// Whose data: an account, when there is one, and an address that was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account. What was ordered without signing in belongs to one too.
    pub customer: Option<CustomerId>,
    /// Her address.
    pub email: EmailAddress,
    /// What stands for her address where it must be recognised and not read, as a keyed hash.
    pub address_hash: String,
}

/// A column that a person gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldColumn {
    /// Its name.
    pub name: &'static str,
    /// For what.
    pub purpose: Purpose,
    /// Which kinds of data.
    pub categories: &'static [Category],
    /// How long.
    pub retention: Retention,
}

/// A row of hers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// The order that it belongs to, if it belongs to one.
    pub order: Option<String>,
    /// What stands in each column, as text; `None` when nothing does.
    pub values: Vec<Option<String>>,
}

/// What one table holds of her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTable {
    /// The table.
    pub table: &'static str,
    /// Its columns, in the order of the values.
    pub columns: Vec<HeldColumn>,
    /// Her rows.
    pub rows: Vec<HeldRow>,
}

/// A column about persons that is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Why not, in words for her.
    pub why: &'static str,
}

/// That somebody was erased. It does not say who.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Erased {
    /// Keyed hash of the folded address.
    pub email_hash: String,
    /// When.
    pub at: Timestamp,
}

/// What there is of one person.
#[async_trait]
pub trait Persons {
    /// All of hers that she gets to see, table by table; tables that hold nothing of her are left out.
    async fn held(&mut self, who: &Person) -> Result<Vec<HeldTable>, StoreError>;
    /// What she does not get to see, and why.
    fn left_out(&self) -> Vec<LeftOut>;
    /// Every order of an account, oldest first.
    async fn orders_of(&mut self, customer: CustomerId) -> Result<Vec<Order>, StoreError>;
    /// The bags of her browsers.
    async fn carts_of(&mut self, customer: CustomerId) -> Result<Vec<CartId>, StoreError>;
    /// The numbers of what she withdrew from and the owner did not look at yet; `None` where it named no order of ours.
    async fn open_withdrawals(&mut self, who: &Person) -> Result<Vec<Option<OrderNumber>>, StoreError>;
    /// Takes her away: account, addresses, sessions, codes, wishes, what forms left, mails that wait. The orders are written as given, and
    /// are nobody's afterwards.
    async fn erase(&mut self, who: &Person, forgotten: &[Order]) -> Result<(), StoreError>;
    /// Remembers that somebody was erased; a later time takes the place of an earlier one.
    async fn save_erased(&mut self, erased: &Erased) -> Result<(), StoreError>;
    /// Who was erased.
    async fn erased(&mut self) -> Result<Vec<Erased>, StoreError>;
    /// Folded addresses of accounts and wishes, and since when each is known.
    async fn known_addresses(&mut self) -> Result<Vec<(String, Timestamp)>, StoreError>;
}
