// Start the page; the bundle puts this module last, after every tab has registered.
import {start} from "./shell.js";

start();
