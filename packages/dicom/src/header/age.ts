const oldestMonths = 150 * 12;
const daysPerMonth = 30.4375;

const monthsPer: Readonly<Record<string, number>> = { D: 1 / daysPerMonth, W: 7 / daysPerMonth, M: 1, Y: 12 };

/**
 * Completed months at acquisition. What the device wrote as age decides, because birth dates are often placeholders; the
 * birth date refines it, because an age of `001Y` means any of twelve months.
 * @param patientAge an age string (PS3.5, 6.2): three digits and D, W, M or Y.
 * @param birthDate and the date of acquisition, ISO 8601.
 */
export function ageInMonths(
  patientAge: string | null,
  birthDate: string | null,
  acquisitionDate: string | null,
): number | null {
  const counted = birthDate && acquisitionDate ? monthsBetween(birthDate, acquisitionDate) : null;
  const [, digits, unit = ''] = /^(\d{1,3})([DWMY])$/.exec(patientAge ?? '') ?? [];
  const unitMonths = monthsPer[unit];
  if (!digits || !unitMonths) return counted;
  const said = Number(digits) * unitMonths;
  // A unit of tolerance: some devices round up, some count from the day of the order.
  const agrees = counted !== null && counted >= said - unitMonths - 1 && counted < said + 2 * unitMonths;
  return agrees ? counted : Math.floor(said);
}

function monthsBetween(birthDate: string, date: string): number | null {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const [untilYear = 0, untilMonth = 0, untilDay = 0] = date.split('-').map(Number);
  const months = 12 * (untilYear - year) + untilMonth - month - (untilDay < day ? 1 : 0);
  return months >= 0 && months <= oldestMonths ? months : null;
}
