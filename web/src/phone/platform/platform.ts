/** In which coordinates a place is told: of satellites, or shifted as Chinese maps are. */
export type CoordinateSystem = 'WGS84' | 'GCJ02';

/** Where the phone is, and how sure it is of it. */
export type Fix = { latitude: number; longitude: number; accuracy_m: number; system: CoordinateSystem; at: string };

/** Speech that is being taken down; the text comes after `stop`, or when the speaker pauses. */
export type Listening = { text: Promise<string>; stop: () => void };

/** What a phone offers to those who work in the field, whatever it runs in. */
export type Platform = {
  key: 'web' | 'wecom' | 'dingtalk';
  locate: () => Promise<Fix>;
  /** One picture from the camera; empty when nothing was taken. */
  takePhoto: () => Promise<File[]>;
  /** Absent where there is only the keyboard's own dictation. */
  voiceToText: (() => Listening) | null;
};

export type Reason = 'denied' | 'unavailable' | 'timeout' | 'cancelled';

/** The phone did not give what it was asked for. */
export class PlatformRefusal extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, detail = '') {
    super(detail || reason);
    this.name = 'PlatformRefusal';
    this.reason = reason;
  }
}

/** The program that shows the page, by the names that WeCom and DingTalk give themselves. */
export function detect(userAgent: string): Platform['key'] {
  if (/wxwork\//i.test(userAgent)) return 'wecom';
  return /DingTalk/i.test(userAgent) ? 'dingtalk' : 'web';
}

/** The platform under this page; the browser's own where the SDK of the program is not there. */
export async function loadPlatform(userAgent = navigator.userAgent): Promise<Platform> {
  const { web } = await import('./web');
  const key = detect(userAgent);
  if (key !== 'web' && !(await (await import('./sdk')).prepare(key))) return web();
  if (key === 'wecom') return (await import('./wecom')).wecom(web()) ?? web();
  if (key === 'dingtalk') return (await import('./dingtalk')).dingtalk(web()) ?? web();
  return web();
}
