'use strict';

const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const definition = loader.loadSync(path.join(__dirname, 'echo.proto'));

module.exports = { grpc, Echo: grpc.loadPackageDefinition(definition).echo.Echo };
