import { CloudUploadOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import { useAllowed } from '@/features/identity/session';
import { useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Imports.module.css';
import { useSendTable } from './imports';

/** Chooses what a table holds, and sends it. */
export function NewImport() {
  const { t } = useTranslation('transfer');
  const name = useName();
  const say = useToast();
  const navigate = useNavigate();
  const mayOrg = useAllowed('org.manage');
  const types = useTypes().filter((type) => type.can['create'] !== 'none');
  const [type, setType] = useState('customer');
  const [share, setShare] = useState<number | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const send = useSendTable();
  const take = (file: File | undefined) => {
    if (!file) return;
    setShare(0);
    send.mutate(
      { file, type, onProgress: setShare },
      {
        onSuccess: (job) => void navigate(`/imports/${job.id}`),
        onError: (error) => {
          setShare(null);
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <section
      className={css.new}
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
    >
      <div data-field="true" className={css.what}>
        {t('what')}
        <Select
          aria-label={t('what')}
          value={type}
          onChange={setType}
          options={[
            ...types.map((one) => ({ value: one.key, label: name(one.name) })),
            ...(mayOrg ? [{ value: 'org', label: t('org') }] : []),
          ]}
        />
      </div>
      <button type="button" className={css.pick} disabled={share !== null} onClick={() => picker.current?.click()}>
        <CloudUploadOutlined aria-hidden />
        <strong>{t('choose')}</strong>
        <small>{t('chooseHint')}</small>
      </button>
      <input
        ref={picker}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,.xls"
        aria-label={t('choose')}
        style={{ display: 'none' }}
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {share !== null && <progress value={share} max={1} aria-label={t('sending')} />}
    </section>
  );
}
