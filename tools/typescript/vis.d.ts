// vis-network, which the page holds as a script of its own; pyvis brings no types of it.
declare const vis: {
  DataSet: new (items: object[], options?: object) => any;
  Network: new (container: HTMLElement, data: object, options?: object) => any;
};
