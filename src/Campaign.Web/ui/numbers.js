// The pages' numbers: a comma between thousands and a point before decimals, as the server writes them.
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

export const wholeNumber = (value) => whole.format(value);

/** A share of 0 to 1 as a percentage with one decimal; a dash where it is undefined. */
export const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–');

/** A score with enough digits to tell neighbours apart. */
export const score = (value) => value.toFixed(4);
