/** A place on earth, and in which coordinates it is told. */
export type Place = { latitude: number; longitude: number; system: 'WGS84' | 'GCJ02' };

const earth_m = 6_371_000;
const radian = Math.PI / 180;
// The ellipsoid of Krasovsky 1940, on which the shift of Chinese maps is computed.
const axis_m = 6_378_245;
const eccentricity2 = 0.00669342162296594;

function waves(x: number): number {
  return (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);
}

function slow(x: number, long: number, longest: number): number {
  const first = 20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI);
  return (first + long * Math.sin((x / 12) * Math.PI) + longest * Math.sin((x / 30) * Math.PI)) * (2 / 3);
}

/** The same place as Chinese maps draw it (GCJ-02; the published approximation, good to a few metres). */
export function toMap(place: Place): Place {
  if (place.system === 'GCJ02') return place;
  const x = place.longitude - 105;
  const y = place.latitude - 35;
  const root = Math.sqrt(Math.abs(x));
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves(x) + slow(y, 160, 320);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves(x) + slow(x, 150, 300);
  const angle = place.latitude * radian;
  const flat = 1 - eccentricity2 * Math.sin(angle) ** 2;
  return {
    latitude: place.latitude + north / (((axis_m * (1 - eccentricity2)) / flat ** 1.5) * radian),
    longitude: place.longitude + east / ((axis_m / Math.sqrt(flat)) * Math.cos(angle) * radian),
    system: 'GCJ02',
  };
}

/** The way between two places in metres, whatever their coordinates (haversine). */
export function distance_m(one: Place, other: Place): number {
  const [a, b] = one.system === other.system ? [one, other] : [toMap(one), toMap(other)];
  const half = (from: number, to: number) => Math.sin(((to - from) * radian) / 2) ** 2;
  const share = half(a.latitude, b.latitude) + Math.cos(a.latitude * radian) * Math.cos(b.latitude * radian) * half(a.longitude, b.longitude);
  return 2 * earth_m * Math.asin(Math.sqrt(share));
}

/** Where a device was, as it says itself. */
export type Fix = Place & { accuracy_m: number; at: string };

const patience_ms = 15_000;

/** Where the browser says that this device is; rejects with a GeolocationPositionError. */
export function positionNow(): Promise<Fix & { system: 'WGS84' }> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) {
      reject(Object.assign(new Error('This browser does not know where it is.'), { code: 2 }));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        const { latitude, longitude, accuracy } = coords;
        resolve({ latitude, longitude, accuracy_m: accuracy, system: 'WGS84', at: new Date(timestamp).toISOString() });
      },
      (error) => {
        reject(Object.assign(new Error(error.message), { code: error.code }));
      },
      { enableHighAccuracy: true, timeout: patience_ms, maximumAge: 30_000 },
    );
  });
}
