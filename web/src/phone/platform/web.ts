import { positionNow } from '@/features/fieldwork/places';
import { PlatformRefusal, type Fix, type Listening, type Platform, type Reason } from './platform';

/** GeolocationPositionError.code */
const reasons: Record<number, Reason> = { 1: 'denied', 2: 'unavailable', 3: 'timeout' };

function locate(): Promise<Fix> {
  return positionNow().catch((error: unknown) => {
    const { code, message } = error as GeolocationPositionError;
    throw new PlatformRefusal(reasons[code] ?? 'unavailable', message);
  });
}

/** Opens the camera, or where there is none the choice of a picture. */
function takePhoto(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = 'image/*';
    input.setAttribute('capture', 'environment');
    input.onchange = () => {
      resolve(Array.from(input.files ?? []));
    };
    input.oncancel = () => {
      resolve([]);
    };
    input.click();
  });
}

type Result = { isFinal: boolean; 0?: { transcript: string } };
type Recognition = {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: { results: ArrayLike<Result> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  stop: () => void;
};
type WithSpeech = { SpeechRecognition?: new () => Recognition; webkitSpeechRecognition?: new () => Recognition };

/** Speech by the browser's own recogniser (Web Speech API), where it has one. */
function speech(): (() => Listening) | null {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as WithSpeech;
  const Recogniser = SpeechRecognition ?? webkitSpeechRecognition;
  if (!Recogniser) return null;
  return () => {
    const recogniser = new Recogniser();
    recogniser.lang = document.documentElement.lang || 'zh-CN';
    recogniser.continuous = true;
    recogniser.interimResults = false;
    let heard = '';
    const text = new Promise<string>((resolve, reject) => {
      recogniser.onresult = ({ results }) => {
        heard = Array.from(results, (one) => one[0]?.transcript ?? '').join('');
      };
      recogniser.onerror = ({ error }) => {
        reject(new PlatformRefusal(error === 'not-allowed' ? 'denied' : 'unavailable', error));
      };
      recogniser.onend = () => {
        resolve(heard);
      };
    });
    recogniser.start();
    return {
      text,
      stop: () => {
        recogniser.stop();
      },
    };
  };
}

/** The browser's own interfaces. */
export function web(): Platform {
  return { key: 'web', locate, takePhoto, voiceToText: speech() };
}
