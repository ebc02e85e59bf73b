import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './offline.module.css';

/** Keeps the shell for the time without network; gives a newer one that waits, if there is one. */
function useNewerShell(): ServiceWorker | null {
  const [newer, setNewer] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const workers = navigator.serviceWorker;
    const hadShell = workers.controller !== null;
    const turn = () => {
      if (hadShell) location.reload();
    };
    const watch = (worker: ServiceWorker | null) => {
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && workers.controller) setNewer(worker);
      });
    };
    workers.addEventListener('controllerchange', turn);
    workers.register('/sw.js', { scope: '/m' }).then(
      (registration) => {
        if (registration.waiting && workers.controller) setNewer(registration.waiting);
        watch(registration.installing);
        registration.onupdatefound = () => {
          watch(registration.installing);
        };
      },
      () => undefined, // An in-app browser without service workers needs network to open; nothing else changes.
    );
    return () => {
      workers.removeEventListener('controllerchange', turn);
    };
  }, []);
  return newer;
}

/** Says that a new version is there, and takes it when told so. */
export function ShellUpdate() {
  const { t } = useTranslation('phone');
  const newer = useNewerShell();
  if (!newer) return null;
  return (
    <div className={css.bar} role="status">
      {t('newVersion')}
      <button
        type="button"
        onClick={() => {
          newer.postMessage('take-over');
        }}
      >
        {t('refresh')}
      </button>
    </div>
  );
}
