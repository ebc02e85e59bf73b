const zone_h = 8;

/** The months that are over, the latest first, each from its first moment to the next one's in the company's zone. */
export function monthsBefore(now: Date, count: number): { from: string; to: string }[] {
  const local = new Date(now.getTime() + zone_h * 3_600_000);
  const start = (back: number) => new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - back, 1, -zone_h)).toISOString();
  return Array.from({ length: count }, (_, place) => ({ from: start(place + 1), to: start(place) }));
}
