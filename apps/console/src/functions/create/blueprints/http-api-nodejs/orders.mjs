/** What an order costs, in cents. */
export const total = (items) => items.reduce((sum, { priceInCents, quantity }) => sum + priceInCents * quantity, 0);
