import app from './app.json';
import approvals from './approvals.json';
import customers from './customers.json';
import desk from './desk.json';
import fields from './fields.json';
import files from './files.json';
import identity from './identity.json';
import leads from './leads.json';
import org from './org.json';
import notices from './notices.json';
import phone from './phone.json';
import process from './process.json';
import records from './records.json';
import transfer from './transfer.json';
import ui from './ui.json';

export default { app, approvals, customers, desk, documents, fields, files, identity, leads, notices, org, phone, process, records, sla, tasks, transfer, ui };
