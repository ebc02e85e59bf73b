import { PlatformRefusal, type Fix, type Listening, type Platform } from './platform';

/**
 * The interfaces of DingTalk's `dd` as documented for dingtalk-jsapi:
 * device.geolocation.get (coordinate 1 is AMap's GCJ-02, 0 the standard one), device.audio.*.
 * https://open.dingtalk.com/document/client/jsapi-overview
 */
type Handlers<T> = { onSuccess: (result: T) => void; onFail: (problem: { errorMessage?: string }) => void };
type Call<Given, T> = (given: Given & Handlers<T>) => unknown;
export type DingTalkSdk = {
  device: {
    geolocation: {
      get: Call<
        { targetAccuracy: number; coordinate: 0 | 1; withReGeocode: boolean; useCache: boolean },
        { latitude: number; longitude: number; accuracy: number }
      >;
    };
    audio?: {
      startRecord: Call<{ maxDuration: number }, unknown>;
      stopRecord: Call<object, { mediaId: string; duration: number }>;
      translateVoice: Call<{ mediaId: string; duration: number }, { content: string }>;
    };
  };
};

const target_m = 100;
const longest_s = 60;

function ask<Given extends object, T>(call: Call<Given, T>, given: Given): Promise<T> {
  return new Promise((resolve, reject) => {
    call({
      ...given,
      onSuccess: resolve,
      onFail: ({ errorMessage = '' }) => {
        const isDenied = /permission|denied|拒绝|权限/i.test(errorMessage);
        reject(new PlatformRefusal(isDenied ? 'denied' : 'unavailable', errorMessage));
      },
    });
  });
}

/** DingTalk's own location and speech; null where `dd` is not on the page. */
export function dingtalk(web: Platform): Platform | null {
  const { dd } = globalThis as { dd?: DingTalkSdk };
  if (!dd) return null;
  const { geolocation, audio } = dd.device;

  const locate = async (): Promise<Fix> => {
    const found = await ask(geolocation.get, { targetAccuracy: target_m, coordinate: 1, withReGeocode: false, useCache: false });
    const { latitude, longitude, accuracy } = found;
    return { latitude, longitude, accuracy_m: accuracy, system: 'GCJ02', at: new Date().toISOString() };
  };

  const listenWith = (device: NonNullable<typeof audio>) => (): Listening => {
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const text = async () => {
      await ask(device.startRecord, { maxDuration: longest_s });
      await stopped;
      const { mediaId, duration } = await ask(device.stopRecord, {});
      return (await ask(device.translateVoice, { mediaId, duration })).content;
    };
    return { text: text(), stop };
  };

  // DingTalk's camera interface puts pictures on DingTalk's own servers; its browser's file input keeps them here.
  return { key: 'dingtalk', locate, takePhoto: web.takePhoto, voiceToText: audio ? listenWith(audio) : web.voiceToText };
}
