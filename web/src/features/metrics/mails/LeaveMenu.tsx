import { DownloadOutlined, FileExcelOutlined, FileImageOutlined, FilePdfOutlined, MailOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/identity/session';
import { MenuButton } from '@/ui/MenuButton';
import css from './mails.module.css';
import { fileAt, type Form, type Leaving } from './mails';

const MailSheet = lazy(() => import('./MailSheet'));
const MailsSheet = lazy(() => import('./MailsSheet'));
const forms: [Form, typeof FileExcelOutlined][] = [
  ['xlsx', FileExcelOutlined],
  ['pdf', FilePdfOutlined],
  ['png', FileImageOutlined],
];

function fetchFile(address: string) {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

/** How figures leave: as a file in three forms, or by mail again and again; nothing for who may not export. */
export default function LeaveMenu({ leaving }: { leaving: Leaving }) {
  const { t } = useTranslation('figureMails');
  const me = useMe();
  const [open, setOpen] = useState<'' | 'new' | 'list'>('');
  const may = (me.can['customer']?.['export'] ?? 'none') !== 'none';
  const close = () => { setOpen(''); };
  const files = forms.map(([form, Icon]) => ({ key: form, label: t(`form.${form}`), icon: <Icon aria-hidden />, run: () => { fetchFile(fileAt(leaving, form)); } }));
  return (
    <div className={css.place}>
      <MenuButton
        named
        label={t('leave')}
        className={css.button}
        items={[
          ...(may ? [...files, { key: 'mail', label: t('schedule'), icon: <MailOutlined aria-hidden />, divider: true, run: () => { setOpen('new'); } }] : []),
          { key: 'list', label: t('mails'), icon: <UnorderedListOutlined aria-hidden />, run: () => { setOpen('list'); } },
        ]}
      >
        <DownloadOutlined aria-hidden /> {t(may ? 'leave' : 'mails')}
      </MenuButton>
      <Suspense fallback={null}>
        {open === 'new' && <MailSheet held={null} about={leaving.about} name={leaving.name} onClose={close} />}
        {open === 'list' && <MailsSheet onClose={close} />}
      </Suspense>
    </div>
  );
}
