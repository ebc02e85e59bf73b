import { PlatformRefusal, type Fix, type Listening, type Platform } from './platform';

/**
 * The JS-SDK of WeCom, as documented: `wx` of the script and `ww` of @wecom/jssdk take the same arguments.
 * https://developer.work.weixin.qq.com/document/path/98265
 */
type Handlers<T> = { success: (result: T) => void; fail: (problem: { errMsg?: string }) => void; cancel: () => void };
type Call<Given, T> = (given: Given & Handlers<T>) => unknown;
export type WeComSdk = {
  getLocation: Call<{ type: 'wgs84' | 'gcj02' }, { latitude: number | string; longitude: number | string; accuracy: number | string }>;
  chooseImage?: Call<{ count: number; sizeType: string[]; sourceType: string[] }, { localIds: string[] }>;
  getLocalImgData?: Call<{ localId: string }, { localData: string }>;
  startRecord?: Call<object, unknown>;
  stopRecord?: Call<object, { localId: string }>;
  translateVoice?: Call<{ localId: string; isShowProgressTips: 0 | 1 }, { translateResult: string }>;
};

/** Asks the SDK and waits for one of its answers. */
function ask<Given extends object, T>(call: Call<Given, T>, given: Given): Promise<T> {
  return new Promise((resolve, reject) => {
    call({
      ...given,
      success: resolve,
      fail: ({ errMsg = '' }) => {
        reject(new PlatformRefusal(/deny|denied|permission/i.test(errMsg) ? 'denied' : 'unavailable', errMsg));
      },
      cancel: () => {
        reject(new PlatformRefusal('cancelled'));
      },
    });
  });
}

function noneIfCancelled(error: unknown): { localIds: string[] } {
  if (error instanceof PlatformRefusal && error.reason === 'cancelled') return { localIds: [] };
  throw error;
}

/** A picture from base64, with or without the head of a data address. */
function pictureOf(localData: string, name: string): File {
  const [, type = 'image/jpeg', data = ''] = /^(?:data:([^;,]+);base64,)?(.*)$/s.exec(localData) ?? [];
  const bytes = Uint8Array.from(atob(data.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  return new File([bytes], name, { type });
}

/** WeCom's own location, camera and speech; null where its SDK is not on the page. */
export function wecom(web: Platform): Platform | null {
  const { ww, wx } = globalThis as { ww?: WeComSdk; wx?: WeComSdk };
  const sdk = ww ?? wx;
  if (!sdk) return null;
  const { chooseImage, getLocalImgData, startRecord, stopRecord, translateVoice } = sdk;

  const locate = async (): Promise<Fix> => {
    // Browsers inside WeCom know the middle of the city only: the SDK asks the phone itself.
    const found = await ask(sdk.getLocation, { type: 'gcj02' });
    return {
      latitude: Number(found.latitude),
      longitude: Number(found.longitude),
      accuracy_m: Number(found.accuracy),
      system: 'GCJ02',
      at: new Date().toISOString(),
    };
  };

  const takePhoto = async (): Promise<File[]> => {
    if (!chooseImage || !getLocalImgData) return web.takePhoto();
    // The original keeps the facts of the camera: when and where it was taken.
    const taken = ask(chooseImage, { count: 1, sizeType: ['original'], sourceType: ['camera'] });
    const { localIds } = await taken.catch(noneIfCancelled);
    const read = (localId: string, index: number) =>
      ask(getLocalImgData, { localId }).then(({ localData }) => pictureOf(localData, `${Date.now()}-${index}.jpg`));
    return Promise.all(localIds.map(read));
  };

  const listen = (): Listening => {
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const text = async () => {
      if (!startRecord || !stopRecord || !translateVoice) return '';
      await ask(startRecord, {});
      await stopped;
      const { localId } = await ask(stopRecord, {});
      return (await ask(translateVoice, { localId, isShowProgressTips: 1 })).translateResult;
    };
    return { text: text(), stop };
  };

  return { key: 'wecom', locate, takePhoto, voiceToText: startRecord && stopRecord && translateVoice ? listen : web.voiceToText };
}
