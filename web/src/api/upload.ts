import { readProblem, writeHeaders } from './client';
import { ProblemError } from './problem';

/** Sends a form with files and tells how far it is; `fetch` cannot report upload progress. */
export function upload<T>(url: string, form: FormData, onProgress?: (share: number) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Accept-Language', document.documentElement.lang || 'zh-CN');
    for (const [name, value] of Object.entries(writeHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => {
      reject(new ProblemError({ title: 'offline', status: 0, code: 'offline' }));
    };
    request.onload = () => {
      if (request.status < 300) {
        resolve(JSON.parse(request.responseText) as T);
        return;
      }
      void readProblem(new Response(request.responseText, { status: request.status })).then(reject);
    };
    request.send(form);
  });
}
