// The pages' numbers: a comma between thousands and a point before decimals, as the server writes them.
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

export const wholeNumber = (value) => whole.format(value);

/** A share of 0 to 1 as a percentage with one decimal; a dash where it is undefined. Nothing short of all is '100.0 %'. */
export const percent = (share) => (Number.isFinite(share) ? `${(share < 1 ? Math.min(100 * share, 99.9) : 100).toFixed(1)} %` : '–');

/** A score with enough digits to tell neighbours apart. */
export const score = (value) => value.toFixed(4);
